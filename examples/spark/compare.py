"""compare.py TABLES RESULTS: whether Parquet tables hold the rows of one machine's results, byte for byte after sorting."""
import collections
import json
import sys
from pathlib import Path

import pyarrow.parquet as parquet

tables, results = map(Path, sys.argv[1:])
rows = collections.defaultdict(list)
for row in parquet.read_table(tables).to_pylist():
    rows[row["table"]].append(row["line"])
findings = []
for line in (results / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
    manifest = json.loads(line)
    for number in range(1, (manifest.get("documents") or 1) + 1 if manifest["status"] == "converted" else 1):
        name = manifest["path"] + (f".{number}" if number > 1 else "")
        document = json.loads((results / "documents" / f"{name}.json").read_text(encoding="utf-8"))
        head = {"source_path": manifest["path"], "source_sha256": document["source"]["sha256"]}
        findings += [json.dumps({**head, **f}, ensure_ascii=False, separators=(",", ":")) for f in document["findings"]]
expected = {name: (results / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() for name in ("records", "manifest")}
for name, lines in {**expected, "findings": findings}.items():
    if sorted(rows[name]) != sorted(lines):
        here, there = collections.Counter(rows[name]), collections.Counter(lines)
        sys.exit(f"{name}: {len(rows[name])} rows, {len(lines)} expected; first difference: {[*(here - there), *(there - here)][0][:300]}")
print("equal:", ", ".join(f"{len(lines)} {name}" for name, lines in sorted(rows.items())))
