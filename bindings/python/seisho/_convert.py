"""Files and bytes to documents, in their order."""
from __future__ import annotations

import atexit
import base64
import collections
import os
import threading
from typing import Any, Callable, Deque, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from ._document import Document, Failure, Message
from ._worker import Worker, WorkerError

#: A path, or the bytes of a document, or a name and its bytes.
Source = Union[str, "os.PathLike[str]", bytes, Tuple[str, bytes]]
#: What becomes of a source.
Result = Union[Document, Failure]

#: So often a worker that is gone is started again without an answer in between.
_TRIES = 3


class ConversionError(Exception):
    """`convert` has no document: `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.path}: [{failure.code}] {failure.message.ja} / {failure.message.en}")
        self.failure = failure


class Converter:
    """A worker that lives across calls. One thread at a time may use it."""

    def __init__(self, jobs: int = 1, options: Sequence[str] = ()) -> None:
        self._jobs = jobs
        self._options = list(options)
        self._worker: Optional[Worker] = None

    @property
    def hello(self) -> Dict[str, Any]:
        """What the worker says of itself: version, hash of the options, limits."""
        return self._started().hello

    def _started(self) -> Worker:
        self._worker = self._worker or Worker(self._jobs, self._options)
        return self._worker

    def run(self, requests: Iterable[Dict[str, Any]]) -> Iterator[Dict[str, Any]]:
        """The answers to requests of the worker protocol, in their order. No more are under way than twice the jobs."""
        todo = iter(requests)
        again: Deque[Dict[str, Any]] = collections.deque()
        under_way: Deque[Dict[str, Any]] = collections.deque()
        is_over, tries, finished = False, _TRIES, False
        try:
            while True:
                worker = self._started()
                while len(under_way) < 2 * self._jobs and (again or not is_over):
                    request = again.popleft() if again else next(todo, None)
                    if request is None:
                        is_over = True
                        break
                    under_way.append(request)
                    if not worker.ask(request):
                        break
                if not under_way:
                    finished = True
                    return
                answer = worker.answer()
                if answer is None:
                    self.close()
                    tries -= 1
                    if tries == 0:
                        raise WorkerError("the worker is gone again and again")
                    again.extendleft(reversed(under_way))
                    under_way.clear()
                    continue
                tries = _TRIES
                under_way.popleft()
                yield answer
        finally:
            if not finished and under_way and self._worker:  # answers that nobody waits for any more
                self._worker.kill()
                self._worker = None

    def close(self) -> None:
        """Ends the worker."""
        if self._worker:
            self._worker.close()
            self._worker = None

    def __enter__(self) -> "Converter":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _options(ocr: str, fiscal_year: Optional[str], profiles: Optional[str], options: Sequence[str]) -> List[str]:
    given = ["--ocr", ocr]
    given += ["--fiscal-year", fiscal_year] if fiscal_year else []
    given += ["--profiles", os.fspath(profiles)] if profiles else []
    return given + list(options)


def _request(source: Source, parts: bool, max_wall: Optional[int]) -> Dict[str, Any]:
    request: Dict[str, Any] = {"records": True}
    if isinstance(source, bytes):
        source = ("document", source)
    if isinstance(source, tuple):
        request["name"], content = source
        request["base64"] = base64.b64encode(content).decode()
    else:
        request["path"] = os.path.abspath(os.fspath(source))
    request.update({"parts": True} if parts else {})
    request.update({"max_wall": max_wall} if max_wall else {})
    return request


def _result(answer: Dict[str, Any]) -> Result:
    manifest = answer["manifest"]
    if manifest["status"] != "converted":
        reason = manifest["reason"] or {"ja": "", "en": ""}
        return Failure(manifest["path"], manifest["sha256"], manifest["code"], Message(**reason), manifest)
    records = answer.get("records", [])
    several = len(answer["documents"]) > 1
    documents = []
    for number, value in enumerate(answer["documents"], 1):
        # Records of several documents are told apart by their ids: `….2/goals/0`.
        own = value["source"]["sha256"][:16] + (f".{number}" if number > 1 else "") + "/"
        documents.append(Document(value, [r for r in records if not several or r["record_id"].startswith(own)], manifest))
    documents[0].others = documents[1:]
    return documents[0]


_kept: Dict[Tuple[str, ...], Converter] = {}
_lock = threading.Lock()
_owner = os.getpid()


def convert(
    source: Source,
    *,
    parts: bool = False,
    ocr: str = "auto",
    fiscal_year: Optional[str] = None,
    profiles: Optional[str] = None,
    max_wall: Optional[int] = None,
    options: Sequence[str] = (),
) -> Document:
    """A file, or the bytes of one, as a document. Raises `ConversionError` where there is none.

    `options` are further ones of `seisho worker`. The worker process stays for the next call.
    """
    global _owner
    given = _options(ocr, fiscal_year, profiles, options)
    with _lock:
        if _owner != os.getpid():  # a fork: the workers are those of the parent
            _kept.clear()
            _owner = os.getpid()
        converter = _kept.setdefault(tuple(given), Converter(1, given))
        answer = list(converter.run([_request(source, parts, max_wall)]))[0]
    result = _result(answer)
    if isinstance(result, Failure):
        raise ConversionError(result)
    return result


def convert_many(
    sources: Iterable[Source],
    *,
    jobs: Optional[int] = None,
    progress: Optional[Callable[[int, Result], None]] = None,
    parts: bool = False,
    ocr: str = "auto",
    fiscal_year: Optional[str] = None,
    profiles: Optional[str] = None,
    max_wall: Optional[int] = None,
    options: Sequence[str] = (),
    converter: Optional[Converter] = None,
) -> Iterator[Result]:
    """A document or a failure for each source, in the order of the sources; `progress` hears how many are done.

    Sources may be an endless iterator: no more are taken than are under way. `converter` is one that lives across calls;
    jobs and options are then its own.
    """
    given = _options(ocr, fiscal_year, profiles, options)
    own = converter or Converter(jobs or os.cpu_count() or 1, given)
    try:
        for done, answer in enumerate(own.run(_request(source, parts, max_wall) for source in sources), 1):
            result = _result(answer)
            if progress:
                progress(done, result)
            yield result
    finally:
        if converter is None:
            own.close()


@atexit.register
def _close() -> None:
    if _owner == os.getpid():
        for converter in _kept.values():
            converter.close()
