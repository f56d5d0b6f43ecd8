"""Results as tables."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List

from ._convert import Result
from ._document import Document

if TYPE_CHECKING:
    import pandas
    import pyarrow

#: Records of goals and provisions, findings, or a row for each source.
TABLES = ("records", "findings", "manifest")


def rows(results: Iterable[Result], table: str = "records") -> Iterator[Dict[str, Any]]:
    """Rows of a table: records, findings or manifest."""
    if table not in TABLES:
        raise ValueError(f"{table!r} is none of {TABLES}")
    for result in results:
        if table == "manifest":
            yield dict(result.manifest)
            continue
        if isinstance(result, Document):
            for document in [result, *result.others]:
                if table == "records":
                    yield from document.records()
                else:
                    for finding in document.to_dict()["findings"]:
                        yield {"source_path": document.path, "source_sha256": document.sha256, **finding}


def to_pandas(results: Iterable[Result], table: str = "records") -> "pandas.DataFrame":
    """A data frame; nested values stay as they are, null is None."""
    import pandas

    return pandas.DataFrame.from_records(list(rows(results, table)))


def to_arrow(results: Iterable[Result], table: str = "records") -> "pyarrow.Table":
    """An Arrow table, nested values as structs and lists. A table without rows has no columns."""
    import pyarrow

    listed: List[Dict[str, Any]] = list(rows(results, table))
    return pyarrow.Table.from_pylist(_even(listed)) if listed else pyarrow.table({})


def _even(listed: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Each row with the columns of all: Arrow takes those of the first."""
    names = list(dict.fromkeys(name for row in listed for name in row))
    return [{name: row.get(name) for name in names} for row in listed]
