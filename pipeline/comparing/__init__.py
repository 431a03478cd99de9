"""From cells and another table to agreement: what is confirmed, not found, not read or new; and its faults."""

from pipeline.comparing.agreement import summarise
from pipeline.comparing.entries import compare_entries, make_here
from pipeline.comparing.faults import find_faults
from pipeline.comparing.tables import OtherTable, cells_of_entries, read_published, table_of_cells

__all__ = [
    "OtherTable", "cells_of_entries", "compare_entries", "find_faults", "make_here", "read_published", "summarise",
    "table_of_cells",
]  # fmt: skip
