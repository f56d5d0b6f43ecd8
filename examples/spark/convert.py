#!/usr/bin/env python3
"""Spark: a folder of documents to Parquet tables of records, findings and manifest.

    spark-submit convert.py INPUTS OUT [PARTITIONS]

Each Python worker of Spark (one a core) drives one `seisho worker`, so documents are opened by confined processes, never
by Spark. A task that fails with its executor is done again from its input, and Spark keeps the output of one attempt of
each task: nothing is lost, nothing doubled. The package seisho is installed on every node (bindings/python).
"""
import json
import os
import re
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# What a row is: which table, the source's path, its place in it, and the row itself as JSON.
ROW = "table string, path string, number int, line string"


def convert(root):
    def of_partition(frames):
        import pandas
        import seisho

        with seisho.Converter(jobs=1) as worker:
            for frame in frames:
                # Spark writes file:/a/b for file:///a/b, and leaves letters of names as they are.
                paths = [os.path.relpath(re.sub("^file:/+", "/", path), root) for path in frame["path"]]
                sources = zip(paths, frame["content"])
                rows = []
                for result in seisho.convert_many(((p, bytes(c)) for p, c in sources), parts=True, converter=worker):
                    for table in ("records", "findings", "manifest"):
                        for number, row in enumerate(seisho.rows([result], table)):
                            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
                            rows.append((table, result.manifest["path"], number, line))
                yield pandas.DataFrame(rows, columns=["table", "path", "number", "line"])

    return of_partition


def main(inputs, out, partitions=None):
    spark = SparkSession.builder.appName("seisho").getOrCreate()
    # A document is some 100 KB to some MB: few at a time are in memory.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
    root = os.path.abspath(inputs)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"file://{root}")
    files = files.select("path", "content")
    if partitions:
        files = files.repartition(int(partitions), "path")
    rows = files.mapInPandas(convert(root), ROW)
    # Written once, by table: no document is converted three times.
    rows.write.mode("errorifexists").partitionBy("table").option("compression", "gzip").parquet(out)
    counts = spark.read.parquet(out).groupBy("table").agg(F.count("*").alias("rows")).collect()
    for row in sorted(counts):
        print(row["table"], row["rows"])
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
