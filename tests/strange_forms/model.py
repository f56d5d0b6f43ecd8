"""Blocks: Para, Table (cells with spans), Break. Writers turn blocks into files."""
import re
class Para:
    def __init__(s, text, al="left", size=10.5, b=False): s.text, s.al, s.size, s.b = text, al, size, b
class Break: pass
class C:
    def __init__(s, lines="", cs=1, rs=1, h=False, v=False, al="left"):
        s.lines = [lines] if isinstance(lines, str) else list(lines); s.cs, s.rs, s.h, s.v, s.al = cs, rs, h, v, al
    def runs(s): return [[(l, False)] if isinstance(l, str) else l for l in s.lines]
    def plain(s): return ["".join(t for t, _ in r) for r in s.runs()]
class Table:
    def __init__(s, rows, widths, rules="full", head=0): s.rows, s.widths, s.rules, s.head = rows, widths, rules, head
    def grid(s):
        """{(r,c): cell} of each cell's top left, and the number of rows, columns"""
        used, out = set(), {}
        for r, row in enumerate(s.rows):
            c = 0
            for x in row:
                while (r, c) in used: c += 1
                out[r, c] = x
                used |= {(r + i, c + j) for i in range(x.rs) for j in range(x.cs)}; c += x.cs
        return out, len(s.rows), len(s.widths)
