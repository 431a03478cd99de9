"""Brings the files of a register into the corpus folder, from a folder that has them or from the internet."""

from pipeline.fetching.addresses import FetchError
from pipeline.fetching.downloading import Limits, download
from pipeline.fetching.outcomes import FetchOutcome, fetch_documents

__all__ = ["FetchError", "FetchOutcome", "Limits", "download", "fetch_documents"]
