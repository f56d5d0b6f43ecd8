"""A `seisho worker` process and what is said to it."""
from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any, Dict, Optional, Sequence


class WorkerError(RuntimeError):
    """The program cannot be started, or ends again and again."""


def program() -> str:
    """The program that converts: that of SEISHO, or the one in this package."""
    named = os.environ.get("SEISHO")
    own = Path(__file__).with_name("bin") / ("seisho.exe" if os.name == "nt" else "seisho")
    return named or str(own)


class Worker:
    """Answers come by a thread, so that neither pipe is full while the other side waits."""

    def __init__(self, jobs: int, options: Sequence[str]) -> None:
        command = [program(), "worker", "--hello", "--jobs", str(jobs), *options]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except OSError as error:
            raise WorkerError(f"{command[0]} cannot be started: {error}") from error
        self._answers: "queue.Queue[Optional[bytes]]" = queue.Queue()
        self._words = b""
        self._threads = [threading.Thread(target=target, daemon=True) for target in (self._listen, self._hear)]
        for thread in self._threads:
            thread.start()
        first = self.answer()
        if first is None:
            self._threads[1].join(2)
            raise WorkerError(f"the worker does not start: {self._words.decode(errors='replace').strip()}")
        self.hello: Dict[str, Any] = first["hello"]
        if self.hello["protocol"] != 1:
            raise WorkerError(f"the program speaks protocol {self.hello['protocol']}, not 1")

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.endswith(b"\n"):  # half an answer is none
                self._answers.put(line)
        self._answers.put(None)

    def _hear(self) -> None:
        assert self._process.stderr
        while part := self._process.stderr.read1(4096):  # type: ignore[attr-defined]
            self._words = (self._words + part)[-4096:]

    def ask(self, request: Dict[str, Any]) -> bool:
        """False where the worker is gone."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def answer(self) -> Optional[Dict[str, Any]]:
        """The next; none where the worker is gone."""
        line = self._answers.get()
        if line is None:
            self._answers.put(None)
            return None
        answer: Dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Lets it answer what it has, and ends it."""
        assert self._process.stdin and self._process.stdout and self._process.stderr
        try:
            self._process.stdin.close()
        except OSError:
            pass
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._process.stdout.close()
        self._process.stderr.close()

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self.close()
