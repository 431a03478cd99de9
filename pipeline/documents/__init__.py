"""A corpus register, its corrections and the files that it names: ``sources.csv`` and what lies beside it."""

from pipeline.documents.adding import add_document, make_id, new_document
from pipeline.documents.checks import RegisterError
from pipeline.documents.files import check_file, hash_file, locate, recognise
from pipeline.documents.register import read_documents, read_register, write_register

__all__ = [
    "RegisterError",
    "add_document",
    "check_file",
    "hash_file",
    "locate",
    "make_id",
    "new_document",
    "read_documents",
    "read_register",
    "recognise",
    "write_register",
]
