"""Japanese municipal policies and goal tables to records that can be trusted.

Documents are read by worker processes of the program that comes with this package, never by the process of the caller:
what a hostile or damaged file does to its process ends with that process.
"""
from ._convert import ConversionError, Converter, Result, convert, convert_many
from ._document import Document, Evidence, Failure, Finding, Message
from ._tables import rows, to_arrow, to_pandas
from ._worker import WorkerError, program

__all__ = [
    "ConversionError",
    "Converter",
    "Document",
    "Evidence",
    "Failure",
    "Finding",
    "Message",
    "Result",
    "WorkerError",
    "convert",
    "convert_many",
    "program",
    "rows",
    "to_arrow",
    "to_pandas",
]
