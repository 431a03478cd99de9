"""The command line: it parses, calls a stage or a layer, and prints; nothing is decided here.

Every command imports what it needs inside its body, so that help is instant and reading text loads no tagger.
"""

from pipeline.cli import (
    auditing,
    building,
    changes,
    corpora,
    exporting,
    figures,
    instruments,
    reading,
    statements,
    timeline,
)
from pipeline.cli.shell import app

__all__ = [
    "app",
    "auditing",
    "building",
    "changes",
    "corpora",
    "exporting",
    "figures",
    "instruments",
    "reading",
    "statements",
    "timeline",
]
