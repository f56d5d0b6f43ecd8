"""The package as its users meet it: the wheel's own program on the fixtures of the repository."""
import json
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
import seisho

FIXTURES = Path(os.environ.get("SEISHO_FIXTURES") or Path(__file__).resolve().parents[3] / "fixtures")
DOCUMENTS = sorted((FIXTURES / "documents").iterdir())


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """What the command makes of the fixtures."""
    out = tmp_path_factory.mktemp("out")
    for name in ("documents", "findings"):
        subprocess.run([seisho.program(), "convert", FIXTURES / name, "--out", out / name, "--quiet"], check=False)
    return out


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_same_bytes_as_the_command_in_the_order_of_the_inputs(command):
    seen = []
    results = list(seisho.convert_many(reversed(DOCUMENTS), jobs=3, progress=lambda done, result: seen.append(done)))
    assert seen == list(range(1, len(DOCUMENTS) + 1))
    for file, document in zip(reversed(DOCUMENTS), results):
        assert document.to_json() == (command / "documents/documents" / f"{file.name}.json").read_bytes(), file
    assert [r for d in reversed(results) for r in d.records()] == lines(command / "documents/records.jsonl")
    assert [d.manifest for d in reversed(results)] == lines(command / "documents/manifest.jsonl")


def test_files_of_several_documents_are_taken_apart_as_by_the_command(command):
    manifest = [line for line in lines(command / "findings/manifest.jsonl") if line.get("documents")]
    assert manifest
    for line in manifest:
        document = seisho.convert(("x", (FIXTURES / "findings" / line["path"]).read_bytes()), parts=True)
        assert len(document.others) + 1 == line["documents"]
        ids = [r["record_id"] for d in [document, *document.others] for r in d.records()]
        assert ids == [r["record_id"] for r in lines(command / "findings/records.jsonl") if r["source_path"] == line["path"]]
        assert all(d.records() for d in [document, *document.others])


def test_bytes_findings_and_evidence_are_objects():
    document = seisho.convert(("目標.pdf", (FIXTURES / "documents/goals-ruled.pdf").read_bytes()))
    assert (document.path, document.kind) == ("目標.pdf", "goal_table")
    evidence = document.evidence["/goals/1/target/0"]
    assert evidence.at and evidence.raw.startswith("・") and evidence.edits
    doubted = seisho.convert(FIXTURES / "findings/M014.txt")
    finding = next(f for f in doubted.findings if f.code == "M014")
    assert finding.pointer and finding.message.ja and finding.severity


def test_errors_are_values(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing more")
    results = list(seisho.convert_many([bad, DOCUMENTS[0], tmp_path / "none"], jobs=2))
    assert [r.ok for r in results] == [False, True, False]
    assert (results[0].code, results[2].code) == ("X106", "X104")
    with pytest.raises(seisho.ConversionError) as raised:
        seisho.convert(bad)
    assert raised.value.failure.code == "X106"
    with pytest.raises(seisho.WorkerError, match="profiles|プロファイル"):
        seisho.convert(DOCUMENTS[0], profiles=str(tmp_path / "no-such-folder"))


def workers_of(jobs):
    """Process ids of this process's workers with so many jobs."""
    children = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True).stdout.split()
    commands = {child: Path(f"/proc/{child}/cmdline").read_text().split("\0") for child in children if Path(f"/proc/{child}").exists()}
    return [int(child) for child, command in commands.items() if "worker" in command and str(jobs) in command]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc")
def test_a_worker_that_is_killed_is_started_again_and_nothing_is_lost():
    killed = []

    def kill(done, _):
        if done in (1, 12):
            for worker in workers_of(3):
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    results = list(seisho.convert_many(DOCUMENTS, jobs=3, progress=kill))
    assert len(set(killed)) == 2 and [r.path for r in results] == [f.name for f in DOCUMENTS]


def test_an_endless_input_is_taken_as_it_is_needed():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield DOCUMENTS[0]

    results = seisho.convert_many(endless(), jobs=2)
    assert next(results).ok and taken <= 5
    results.close()


def test_many_large_bytes_do_not_fill_the_pipes():
    large = ("a.txt", "令和8年度 市民部の運営方針\n".encode() + "窓口の改善を進める。\n".encode() * 20_000)
    assert all(r.ok for r in seisho.convert_many([large] * 12, jobs=2))


def test_threads_may_call_convert():
    got = []
    threads = [threading.Thread(target=lambda f=f: got.append(seisho.convert(f).path)) for f in DOCUMENTS[:6]]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(got) == [f.name for f in DOCUMENTS[:6]]


def test_tables():
    results = list(seisho.convert_many(DOCUMENTS + [FIXTURES / "findings/M014.txt", "/no/such/file"], jobs=2))
    records = sum(len(r.records()) for r in results)
    pandas = pytest.importorskip("pandas")
    frame = seisho.to_pandas(results)
    assert isinstance(frame, pandas.DataFrame) and len(frame) == records and "record_id" in frame
    assert (seisho.to_pandas(results, "manifest")["status"] == "failed").sum() == 1
    pytest.importorskip("pyarrow")
    assert seisho.to_arrow(results).num_rows == records
    assert "M014" in seisho.to_arrow(results, "findings")["code"].to_pylist()


def test_what_the_readme_shows_runs(tmp_path):
    readme = Path(__file__).resolve().parents[1] / "README.md"
    code = readme.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    (tmp_path / "目標表.pdf").write_bytes((FIXTURES / "documents/goals-ruled.pdf").read_bytes())
    (tmp_path / "方針.txt").write_bytes((FIXTURES / "documents/policy-export.txt").read_bytes())
    import sys

    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("goal_table") and done.stdout.splitlines()[2] == "ない.pdf X104"
