#!/usr/bin/env python3
"""Drives `seisho worker`: client.py OUT FILE... writes OUT/N.json for each file and prints a short line about each.

The pattern for any scheduler: never more requests under way than are read, so no pipe fills; a worker that is gone is
started again, and what it had not answered is asked for once more (a document is written whole or not at all, so doing it
twice changes nothing).
"""
import collections
import json
import os
import subprocess
import sys

PROGRAM = os.environ.get("SEISHO", "seisho")


class Worker:
    def __init__(self, jobs=2, options=()):
        command = [PROGRAM, "worker", "--hello", "--jobs", str(jobs), *options]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = self.read()["hello"]
        assert self.hello["protocol"] == 1, self.hello
        self.room = 2 * jobs

    def ask(self, request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def read(self):
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):  # half an answer is none
            raise BrokenPipeError("the worker is gone")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()  # it answers what it has, and ends
        return self.process.wait()


def convert(requests, jobs=2, options=(), tries=3):
    """Answers in the order of the requests."""
    todo, under_way = collections.deque(requests), collections.deque()
    worker = Worker(jobs, options)
    while todo or under_way:
        try:
            while todo and len(under_way) < worker.room:
                under_way.append(todo.popleft())
                worker.ask(under_way[-1])
            answer = worker.read()
            under_way.popleft()
            yield answer
        except BrokenPipeError:
            if (tries := tries - 1) == 0:
                raise
            todo.extendleft(reversed(under_way))
            under_way.clear()
            worker = Worker(jobs, options)
    worker.close()


if __name__ == "__main__":
    out, *files = sys.argv[1:]
    wanted = ({"id": n, "path": f, "out": f"{out}/{n}.json", "max_wall": 600} for n, f in enumerate(files))
    for answer in convert(wanted):
        manifest = answer["manifest"]
        print(answer["id"], manifest["status"], manifest["code"] or "", *answer.get("written", []))
