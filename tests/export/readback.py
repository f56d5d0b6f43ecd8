"""Reads exported files with the programs of others and holds every cell of them against records.jsonl.

readback.py RESULTS EXPORTED [CP932]: prints how many cells were compared, by format; fails at the first that differs.
CP932 is a folder of CSV files in that encoding.
"""
import csv, glob, json, os, re, sqlite3, subprocess, sys, tempfile

results, exported = sys.argv[1:3]
cp932 = sys.argv[3] if len(sys.argv) > 3 else None
records = [json.loads(line) for line in open(os.path.join(results, "records.jsonl"), encoding="utf-8")]
manifest = [json.loads(line) for line in open(os.path.join(results, "manifest.jsonl"), encoding="utf-8")]
documents = {}
for line in manifest:
    if line["status"] == "converted":
        with open(os.path.join(results, "documents", line["path"] + ".json"), encoding="utf-8") as file:
            documents[line["path"]] = json.load(file)


def of(kind):
    return [r for r in records if r["type"] == kind]


def head(r):
    d = documents[r["source_path"]]
    issued = d["dates"]["issued"]
    printed = next((x for x in issued if x["iso"]), issued[0] if issued else None)
    return {
        "fiscal_year": r["fiscal_year"],
        "fiscal_year_raw": d["fiscal_year"] and d["fiscal_year"]["raw"],
        "department": r["department"],
        "title": r["title"],
        "issued": r["issued"],
        "issued_raw": printed and printed["raw"],
        "authors": [[a["post"], a["name"]] for a in r["authors"]],
        "source_path": r["source_path"],
        "source_sha256": r["source_sha256"],
        "kind": r["kind"],
        "record_id": r["record_id"],
        "page": r.get("page"),
    }


def doubts(r):
    return {
        "findings": sorted({d["code"] for d in r.get("doubts", [])}),
        "doubts": [[d["field"], d["code"], d["message"]["ja"], d["message"]["en"]] for d in r.get("doubts", [])],
        "confidence": min(r["confidence"].values()) if r.get("confidence") else None,
    }


def goal(r):
    deadline, achievement = r["deadline"] or {}, r["achievement"] or {}
    rate = achievement.get("rate") or {}
    return head(r) | doubts(r) | {
        "number": r["number"],
        "number_raw": r.get("number_raw"),
        "band": r.get("band"),
        "item": r["item"],
        "plan_category": r["plan_category"],
        "target": r["target"],
        "methods": r["methods"],
        "deadline_raw": deadline.get("raw"),
        "deadline_until": deadline.get("until"),
        "deadline_kind": deadline.get("kind"),
        "divisions": r["divisions"],
        "achievement_raw": achievement.get("raw"),
        "achievement_min_percent": rate.get("min"),
        "achievement_max_percent": rate.get("max"),
        "other": [[o["heading"], "\n".join(o["text"])] for o in r.get("other", [])],
        "fields": [[name, f["raw"]] for name, f in r.get("fields", {}).items()],
        "inherited": [[f, str(n)] for f, n in (r["inherited"] or {}).items()],
        "number_candidates": [str(n) for n in r["number_candidates"] or []],
    }


def provision(r):
    return head(r) | doubts(r) | {
        "label": r["path"][-1],
        "path": [[label] for label in r["path"]],
        "depth": len(r["path"]),
        "text": r["text"],
        "body": r["body"],
    }


def text(r):
    return head(r) | doubts(r) | {"text": r["text"], "role": r.get("role")}


def form(r):
    return head(r) | doubts(r) | {"label": r["label"], "text": r["text"], "field": r.get("field")}


def table_row(r):
    cells = []
    for cell in r["cells"]:
        cells += [""] * (cell["col"][0] + 1 - len(cells))
        cells[cell["col"][0]] = cell["text"]
    return head(r) | doubts(r) | {"table_number": r["table"] + 1, "row_number": r["row"] + 1, "cells": cells}


def document(line):
    d = documents.get(line["path"])
    counted = line["counts"]
    dates = d and d["dates"]
    issued = d and d["dates"]["issued"] or []
    printed = next((x for x in issued if x["iso"]), issued[0] if issued else None)
    year = d and d["fiscal_year"]
    return {
        "source_path": line["path"],
        "status": line["status"],
        "code": line["code"],
        "reason": line["reason"] and line["reason"]["ja"],
        "kind": line["kind"],
        "title": d and d["title"],
        "fiscal_year": year and year["gregorian"],
        "fiscal_year_raw": year and year["raw"],
        "department": d and d["department"],
        "issued": next((x["iso"] for x in issued if x["iso"]), None),
        "issued_raw": printed and printed["raw"],
        "revised": [x["iso"] for x in dates["revised"] if x["iso"]] if d else [],
        "authors": [[a["post"], a["name"]] for a in d["authors"]] if d else [],
        "pages": d and d["source"]["pages"],
        "goals": counted and counted["goals"],
        "provisions": counted and counted["provisions"],
        "tables": counted and counted["tables"],
        "findings": counted and sum(counted["findings"].values()),
        "profile": d and d.get("profile") and d["profile"]["id"],
        "method": d and d["source"]["method"],
        "engine": line["engine"],
        "media_type": d and d["source"]["media_type"],
        "bytes": d and d["source"]["bytes"],
        "source_sha256": line["sha256"],
    }


def place(at):
    if "box" in at:
        return f"page {at['page']} box {json.dumps(at['box'], separators=(',', ':'))}"
    if "line" in at:
        return f"line {at['line']} columns {at['columns'][0]}-{at['columns'][1]}"
    if "cell" in at:
        return f"{at['sheet']}!{at['cell']}"
    return f"bytes {at['bytes'][0]}-{at['bytes'][1]}"


def findings(d):
    for number, f in enumerate(d["findings"], 1):
        steps = (f["pointer"] or "").split("/")[1:]
        record = re.match("/(goals|form|preamble|remainder)/\\d+|/sections/\\d+(/children/\\d+)*|/tables/\\d+/cells/\\d+", f["pointer"] or "")
        depth = len(record[0].split("/")) - 1 if record else 0
        yield {
            "code": f["code"],
            "severity": f["severity"],
            "message_ja": f["message"]["ja"],
            "message_en": f["message"]["en"],
            "suggestion": f["suggestion"],
            "answered": (f.get("answered") or {}).get("how"),
            "field": steps[depth] if len(steps) > depth else None,
            "pointer": f["pointer"],
            "place": "\n".join(map(place, f["at"])) or None,
            "source_path": d["source"]["path"],
            "page": next((at["page"] for at in f["at"] if "page" in at), None),
            "record_id": d["source"]["sha256"][:16] + record[0] if record else None,
            "position": number,
        }


TABLES = {
    "goals": ([goal(r) for r in of("goal")], "目標"),
    "provisions": ([provision(r) for r in of("provision")], "方針の項"),
    "texts": ([text(r) for r in of("text")], "段落"),
    "forms": ([form(r) for r in of("form")], "様式"),
    "table_rows": ([table_row(r) for r in of("table_row")], "その他の表"),
    "documents": ([document(line) for line in manifest], "文書"),
    "findings": ([f for line in manifest if line["path"] in documents for f in findings(documents[line["path"]])], "指摘"),
}
OF_RECORD = "SELECT t.*, r.page, d.* FROM {} t JOIN records r ON r.id = t.record JOIN documents d ON d.id = r.document ORDER BY r.id"
SQL = {
    "documents": "SELECT * FROM documents ORDER BY id",
    "findings": "SELECT d.*, f.* FROM findings f JOIN documents d ON d.id = f.document ORDER BY d.id, f.position",
}
GLUE = {"authors": " ", "doubts": " ", "path": " ", "other": ": ", "fields": ": ", "inherited": " ← "}


def flat(name, value):
    """A value as a cell of a sheet or of a CSV file has it."""
    if value is None:
        return ""
    if isinstance(value, list):
        entries = [GLUE[name].join(p for p in e if p) if isinstance(e, list) else e for e in value]
        return "\n".join(entries)
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def same(where, name, got, want, counts, fmt):
    assert got == want, f"{fmt} {where} {name}: {got!r} is not {want!r}"
    counts[fmt] = counts.get(fmt, 0) + 1


counts = {}
package = json.load(open(os.path.join(exported, "datapackage.json"), encoding="utf-8"))
fields = {r["name"]: r["schema"]["fields"] for r in package["resources"]}


def given_back(s):
    return re.sub("〓U\\+([0-9A-F]{4,6})〓", lambda m: chr(int(m[1], 16)), s)


def csv_files(folder, encoding, fmt):
    for name, (wanted, _) in TABLES.items():
        with open(os.path.join(folder, name + ".csv"), encoding=encoding, newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(wanted), (fmt, name, len(rows), len(wanted))
        for at, (row, want) in enumerate(zip(rows, wanted)):
            for column, value in want.items():
                got, value = given_back(row[column]), flat(column, value)
                if value[:1] and value[0] in "=+-@\t\r＝＋－＠" and column not in ("number",):
                    value = "'" + value
                same(f"{name} {at}", column, got, value, counts, fmt)


csv_files(exported, "utf-8-sig", "csv")
if cp932:
    csv_files(cp932, "cp932", "cp932")

import openpyxl

book = openpyxl.load_workbook(os.path.join(exported, "seisho.xlsx"))
assert book.sheetnames[:7] == ["目標", "方針の項", "様式", "その他の表", "指摘", "文書", "段落"], book.sheetnames
for name, (wanted, sheet) in TABLES.items():
    sheet = book[sheet]
    headings = {f["title"]: f["name"] for f in fields[name]}
    columns = [headings.get(c.value, c.value) for c in sheet[1]]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, name
    assert sheet.max_row == len(wanted) + 1 or not wanted, (name, sheet.max_row)
    for at, want in enumerate(wanted):
        cells = dict(zip(columns, sheet[at + 2]))
        for column, value in want.items():
            if column == "cells":
                for n, part in enumerate(value):
                    same(f"{name} {at}", f"列{n + 1}", cells[f"列{n + 1}"].value or "", part, counts, "xlsx")
            elif column in cells:
                got = cells[column].value
                if hasattr(got, "strftime"):
                    assert cells[column].is_date
                    got = got.strftime("%Y-%m-%d")
                elif isinstance(got, (int, float)):
                    assert isinstance(value, (int, float)), (name, column, got)
                    got = flat(column, float(got))
                same(f"{name} {at}", column, got or "", flat(column, value), counts, "xlsx")
        for field, code, message, _ in want.get("doubts", []):
            noted = [c for c in sheet[at + 2] if c.comment and message in c.comment.text]
            assert noted and all(c.fill.fgColor.rgb == "FFFFE8A3" for c in noted), (name, at, field, code)
            counts["notes"] = counts.get("notes", 0) + 1

import duckdb
import pyarrow.parquet as parquet

for name, (wanted, _) in TABLES.items():
    path = os.path.join(exported, name + ".parquet")
    rows = parquet.read_table(path).to_pylist()
    again = duckdb.sql(f"SELECT * FROM '{path}'").to_arrow_table().to_pylist()
    assert rows == again and len(rows) == len(wanted), name
    for at, (row, want) in enumerate(zip(rows, wanted)):
        for column, value in want.items():
            got = row[column]
            if isinstance(got, list) and got and isinstance(got[0], dict):
                got = [[part for part in entry.values()] for entry in got]
                value = [[part or None for part in entry] for entry in value]
            elif hasattr(got, "isoformat"):
                got = got.isoformat()
            same(f"{name} {at}", column, got, value, counts, "parquet")

database = sqlite3.connect(os.path.join(exported, "seisho.sqlite"))
assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
assert database.execute("PRAGMA foreign_key_check").fetchall() == []
for name, (wanted, _) in TABLES.items():
    cursor = database.execute(SQL.get(name, OF_RECORD.format(name)))
    names = [c[0] for c in cursor.description]
    # Of two columns of one name it is that of the row itself.
    rows = [dict(zip(names, row) if name == "findings" else reversed(list(zip(names, row)))) for row in cursor]
    assert len(rows) == len(wanted), name
    for at, (row, want) in enumerate(zip(rows, wanted)):
        for column, value in want.items():
            if column in ("target", "methods", "divisions", "body", "label") and isinstance(value, list) or name == "forms" and column == "text":
                found = database.execute(
                    "SELECT text FROM entries WHERE record = ? AND field = ? ORDER BY position", (row["record"], column)
                )
                same(f"{name} {at}", column, [r[0] for r in found], value, counts, "sqlite")
            elif column == "other":
                found = database.execute(
                    "SELECT heading, text FROM other_columns WHERE record = ? ORDER BY column_number, position", (row["record"],)
                )
                same(f"{name} {at}", column, [[h, t or ""] for h, t in found], [[h, t] for h, text in value for t in text.split("\n")], counts, "sqlite")
            elif column == "doubts":
                found = database.execute(
                    "SELECT field, code, message_ja, message_en FROM doubts WHERE record = ? ORDER BY position", (row["record"],)
                )
                same(f"{name} {at}", column, [list(r) for r in found], value, counts, "sqlite")
            elif not isinstance(value, list):
                same(f"{name} {at}", column, row[column], value, counts, "sqlite")

from frictionless import Package

report = Package(os.path.join(exported, "datapackage.json")).validate()
assert report.valid, report.flatten(["title", "message"])
counts["frictionless"] = len(report.tasks)

with tempfile.TemporaryDirectory() as folder:
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = "-env:UserInstallation=file://" + os.path.join(folder, "profile")
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", options, "--outdir", folder, os.path.join(exported, "seisho.xlsx")],
        check=True, capture_output=True,
    )
    for sheet in book:
        with open(os.path.join(folder, f"seisho-{sheet.title}.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for row, cells in zip(rows, sheet.iter_rows()):
            for got, cell in zip(row, cells):
                value = cell.value
                value = value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else flat("", value)
                same(f"{sheet.title} {cell.coordinate}", "", got, value, counts, "libreoffice")
print(json.dumps(counts))
