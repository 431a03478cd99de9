"""From national strategy PDFs to comparison tables in which every cell opens to quotes on pages."""

__version__ = "0.1.0"
