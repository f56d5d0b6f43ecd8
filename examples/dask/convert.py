#!/usr/bin/env python3
"""Dask: a folder of documents to a table of records, findings and manifest (Parquet), over a cluster.

    convert.py INPUTS OUT [SCHEDULER]      without a scheduler: two processes on this machine

Each task is some files; a worker process of Dask keeps one `seisho worker` for all its tasks. A task that is lost with its
worker is done again by another; a result counts once, because it is a return value. INPUTS is a folder that all see.
"""
import json
import os
import sys
from pathlib import Path

FILES_OF_A_TASK = 16
_converters = {}


def convert(root, files):
    """Rows of some files: the table and the row as JSON."""
    import seisho

    # One a thread of this process; it lives as long as that.
    import threading

    converter = _converters.setdefault(threading.get_ident(), seisho.Converter(jobs=1))
    sources = ((file, Path(root, file).read_bytes()) for file in files)
    rows = []
    for result in seisho.convert_many(sources, parts=True, converter=converter):
        for table in ("records", "findings", "manifest"):
            lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in seisho.rows([result], table))
            rows.extend((table, line) for line in lines)
    return rows


def main(inputs, out, scheduler=None):
    import pyarrow
    import pyarrow.parquet
    from distributed import Client, LocalCluster, as_completed

    files = sorted(str(f.relative_to(inputs)) for f in Path(inputs).rglob("*") if f.is_file() and not f.name.startswith("."))
    tasks = [files[n : n + FILES_OF_A_TASK] for n in range(0, len(files), FILES_OF_A_TASK)]
    cluster = scheduler or LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with Client(cluster) as client:
        futures = client.map(convert, [os.path.abspath(inputs)] * len(tasks), tasks, pure=False)
        schema = pyarrow.schema([("table", pyarrow.string()), ("line", pyarrow.string())])
        aside = f"{out}.tmp"
        with pyarrow.parquet.ParquetWriter(aside, schema, compression="gzip") as parquet:
            for done, (future, rows) in enumerate(as_completed(futures, with_results=True), 1):
                parquet.write_table(pyarrow.table([[r[0] for r in rows], [r[1] for r in rows]], schema=schema))
                future.release()
                print(f"{done}/{len(tasks)} tasks", file=sys.stderr, flush=True)
        os.replace(aside, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
