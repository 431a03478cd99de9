"""What changed between two states of the tables, and why: every changed cell with the causes that the evidence proves.

Two states are held against each other from the outside in. A cell changed because documents say something else of its
concept, or other documents decide, or a person decided. A document says something else because rules found other
mentions in it, or the same mentions count otherwise. A rule found other mentions because it or a rule beside it
changed, or cues or weights, or because the document was read anew. At each step only what differs between the states
can be a cause; where nothing does, the change has no cause, which is a fault.
"""

from pipeline.changes.causes import all_causes
from pipeline.changes.cells import compare_states
from pipeline.changes.report import MARK, Report, csv_of, fault_sentence, markdown_of
from pipeline.changes.rules import RuleChanges, changed_languages, diff_rules
from pipeline.changes.states import FILES, Comparison, State, mark_of, read_state

__all__ = [
    "FILES",
    "MARK",
    "Comparison",
    "Report",
    "RuleChanges",
    "State",
    "all_causes",
    "changed_languages",
    "compare_states",
    "csv_of",
    "diff_rules",
    "fault_sentence",
    "mark_of",
    "markdown_of",
    "read_state",
]
