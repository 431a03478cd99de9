"""Documents to pages: text in reading order with the place of every line, and what could not be read."""

from pipeline.pages.reading import read_document

__all__ = ["read_document"]
