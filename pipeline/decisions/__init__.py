"""What people decided on cells and quotes: read from ``decisions.csv`` and laid over what the machine found."""

from pipeline.decisions.applying import decide_cells, decide_mentions, mark_evidence
from pipeline.decisions.reading import check_quotes, read_decisions
from pipeline.decisions.review import review_decisions

__all__ = ["check_quotes", "decide_cells", "decide_mentions", "mark_evidence", "read_decisions", "review_decisions"]
