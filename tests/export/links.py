"""Prints every link of a workbook: sheet, cell, value, target, place in the target."""
import json, sys

from openpyxl import load_workbook

found = []
for sheet in load_workbook(sys.argv[1]):
    for row in sheet.iter_rows():
        found += [[sheet.title, c.coordinate, c.value, c.hyperlink.target, c.hyperlink.location] for c in row if c.hyperlink]
print(json.dumps(found))
