"""Layer audit: holds the tables of a corpus against its documents, by code of its own.

It shares no code with what it audits, so that a fault in reading, counting or writing cannot hide from it: it opens
each document by other extractors, reads tables, pages and passages by itself, and counts again. Of this project it
imports the row type of its own table alone; tests/test_architecture.py holds this.
"""

from pipeline.audit.corpus import Corpus, Rules, read_layouts
from pipeline.audit.quotes import Finding, Quote, find_quotes
from pipeline.audit.report import CHECKS, Audit, audit_corpus, list_quotes, summarise

__all__ = [
    "CHECKS", "Audit", "Corpus", "Finding", "Quote", "Rules", "audit_corpus", "find_quotes", "list_quotes",
    "read_layouts", "summarise",
]  # fmt: skip
