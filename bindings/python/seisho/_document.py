"""What comes back: documents and failures, as values."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Tuple


@dataclass(frozen=True)
class Message:
    """Words for people, in both languages."""

    ja: str
    en: str

    def __str__(self) -> str:
        return self.ja


@dataclass(frozen=True)
class Finding:
    """What is uncertain, wrong or guessed."""

    code: str
    severity: str
    message: Message
    pointer: Optional[str]
    suggestion: Optional[str]
    at: Tuple[Mapping[str, Any], ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Evidence:
    """Where a value came from, and what was done to its text."""

    raw: str
    at: Tuple[Mapping[str, Any], ...]
    edits: Tuple[Mapping[str, Any], ...]
    confidence: Optional[float]


class Document:
    """A document. `to_dict()` has all of it, as document.schema.json says."""

    def __init__(self, value: Dict[str, Any], records: List[Dict[str, Any]], manifest: Dict[str, Any]) -> None:
        self._value = value
        self._records = records
        #: As the file's line of manifest.jsonl.
        self.manifest = manifest
        #: Further documents of the same file, where `parts=True` was asked for.
        self.others: List[Document] = []

    ok = True

    @property
    def path(self) -> str:
        """What the document says of where it came from."""
        return str(self._value["source"]["path"])

    @property
    def sha256(self) -> str:
        """Of the source."""
        return str(self._value["source"]["sha256"])

    @property
    def kind(self) -> str:
        """goal_table, policy, form, table or text."""
        return str(self._value["kind"])

    @property
    def title(self) -> Optional[str]:
        """Its title."""
        title: Optional[str] = self._value["title"]
        return title

    @property
    def goals(self) -> List[Dict[str, Any]]:
        """Its goals."""
        return list(self._value["goals"])

    @property
    def sections(self) -> List[Dict[str, Any]]:
        """Its provisions."""
        return list(self._value["sections"])

    @property
    def findings(self) -> List[Finding]:
        """All that is uncertain, wrong or guessed."""
        return [
            Finding(f["code"], f["severity"], Message(**f["message"]), f["pointer"], f["suggestion"], tuple(f["at"]))
            for f in self._value["findings"]
        ]

    @property
    def evidence(self) -> Dict[str, Evidence]:
        """Of each value, by its JSON Pointer: `document.evidence["/goals/1/item"].raw`."""
        return {
            pointer: Evidence(e["raw"], tuple(e["at"]), tuple(e["edits"]), e["confidence"])
            for pointer, e in self._value["evidence"].items()
        }

    def to_dict(self) -> Dict[str, Any]:
        """All of it."""
        return self._value

    def to_json(self) -> bytes:
        """As `seisho convert` writes it."""
        return json.dumps(self._value, ensure_ascii=False, indent=2).encode() + b"\n"

    def records(self) -> List[Dict[str, Any]]:
        """Its lines of records.jsonl."""
        return list(self._records)

    def __getitem__(self, name: str) -> Any:
        return self._value[name]

    def __repr__(self) -> str:
        return f"<Document {self.path}: {self.kind}, {len(self._records)} records, {len(self._value['findings'])} findings>"


@dataclass(frozen=True)
class Failure:
    """A file that could not be converted."""

    path: str
    sha256: Optional[str]
    code: Optional[str]
    message: Message
    manifest: Mapping[str, Any] = field(repr=False, default_factory=dict)

    ok = False

    def records(self) -> List[Dict[str, Any]]:
        """None."""
        return []
