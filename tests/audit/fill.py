"""Fills in a workbook of the review as a reader does: python fill.py BOOK FILLED WHAT.

WHAT is `all` (every tenth value wrong and put right, some that cannot be told, the rest right, rows turned around and some
deleted), or the mistake that is made.
"""

import datetime
import sys

from openpyxl import load_workbook

book_file, filled_file, what = sys.argv[1:4]
book = load_workbook(book_file)
sheet = book["見直し"]
head = {cell.value: cell.column for cell in sheet[1]}
book["使い方"]["B3"] = "山田"


def put(row, column, value):
    sheet.cell(row, head[column]).value = value


def rows():
    return range(2, sheet.max_row + 1)


if what == "all":
    for row in rows():
        at = row - 2
        if at % 10 == 3:
            put(row, "判定", "違う")
            put(row, "直した値", f"直した{at}")
            put(row, "メモ", "紙と違う" if at % 20 == 3 else None)
        elif at % 50 == 9:
            put(row, "判定", "分からない")
        elif at % 50 == 11:  # not looked at yet
            pass
        else:
            put(row, "判定", "正しい")
    # Sorted by a column, hidden ones and all; the heading stays.
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for row, line in zip(rows(), reversed(values)):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value
            # As Excel does for text cells; openpyxl takes "=1+1" for a formula where it is not told.
            if isinstance(value, str):
                sheet.cell(row, column).data_type = "s"
elif what == "verdict":
    put(2, "判定", "たぶん")
elif what == "right":
    put(2, "判定", "正しい")
    put(2, "直した値", "別の値")
elif what == "same":
    put(2, "判定", "違う")
    put(2, "直した値", sheet.cell(2, head["値"]).value)
elif what == "open":
    put(2, "直した値", "別の値")
elif what == "value":
    put(2, "判定", "正しい")
    put(2, "値", "書きかえた値")
elif what == "hidden":
    put(2, "判定", "正しい")
    put(2, "text_sha256", "0" * 64)
elif what == "gone":
    sheet.delete_cols(head["identity"])
elif what == "shifted":  # only what is seen was sorted
    put(2, "判定", "正しい")
    for column in ["文書", "欄", "値"]:
        one, other = sheet.cell(2, head[column]).value, sheet.cell(3, head[column]).value
        put(2, column, other), put(3, column, one)
elif what == "added":
    put(sheet.max_row + 1, "判定", "正しい")
elif what == "twice":
    put(2, "判定", "正しい")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(3, column).value = sheet.cell(2, column).value
elif what == "nobody":
    put(2, "判定", "違う")
    put(2, "直した値", "別の値")
    book["使い方"]["B3"] = None
elif what == "blind":
    assert sheet.cell(2, head["値"]).value is None and sheet.cell(2, head["原文"]).value is None
    for row in rows():
        put(row, "直した値", f"読んだ{row}" if row % 2 else None)
        put(row, "判定", None if row % 2 else "分からない")
elif what.startswith(("typed ", "text ")):  # what a program makes of what was typed, where the cell is no text
    kind, name = what.split(" ", 1)
    put(2, "判定", "違う")
    cell = sheet.cell(2, head["直した値"])
    if kind == "text":
        cell.value, cell.data_type = name, "s"
    else:
        made = {
            "formula": ("=A1", "General"),
            "percent": (0.5, "0%"),
            "thousands": (1200, "#,##0"),
            "day": (datetime.date(2026, 1, 2), 'm"月"d"日"'),
            "truth": (True, "General"),
            "plain": (12, "@"),
        }
        cell.value, cell.number_format = made[name]
elif what == "missing":
    entered = {"/goals/1/number": "2", "/goals/1/methods/0": "訪問する\n電話で聞く", "/goals/1/deadline": "9月"}
    for row in rows():
        now = entered.get(sheet.cell(row, head["pointer"]).value)
        put(row, "判定", "違う" if now else "正しい")
        put(row, "直した値", now)
        assert not now or sheet.cell(row, head["値"]).value == "（なし）"
else:
    raise SystemExit(what)
book.save(filled_file)
