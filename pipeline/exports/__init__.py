"""The tables in the forms of the field: data package, Web Annotations, SDMX, LaTeX, Word; and the registers to join by.

A layer of plain functions over tables that are already written: it reads no document and changes no figure.
"""

from pipeline.exports.annotations import Source, annotate_evidence
from pipeline.exports.dictionary import write_dictionary
from pipeline.exports.grids import Grid, stack_columns
from pipeline.exports.latex import grid_latex
from pipeline.exports.observations import COLUMNS, code_lists, observe_cells
from pipeline.exports.package import describe_package
from pipeline.exports.registers import list_codes, list_concepts, list_countries
from pipeline.exports.tables import TableFile, entry_of, read_table
from pipeline.exports.typed import typed_columns
from pipeline.exports.word import grids_word

__all__ = [
    "COLUMNS",
    "Grid",
    "Source",
    "TableFile",
    "annotate_evidence",
    "code_lists",
    "describe_package",
    "entry_of",
    "grid_latex",
    "grids_word",
    "list_codes",
    "list_concepts",
    "list_countries",
    "observe_cells",
    "read_table",
    "stack_columns",
    "typed_columns",
    "write_dictionary",
]
