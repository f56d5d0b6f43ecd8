#!/usr/bin/env python3
"""Makes crates/audit/data/alike.txt: kanji that look alike, told by their shapes in a font and by nothing else.

usage: make.py FONT > alike.txt         (needs numpy and pillow; Noto Serif CJK JP of 2026-11 made the file in the repository)
Every kanji of JIS X 0208 is drawn, blurred and compared (cosine of the pictures without their mean). A line is a kanji and
its nearest ones of level 1, nearest first, not below LEAST.
"""
import sys, numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE, BLUR, NEAREST, LEAST = 40, 1.6, 12, 0.55
font = ImageFont.truetype(sys.argv[1], SIZE, index=0)


def jis(rows):
    cells = (bytes([0xA0 + r, 0xA0 + c]) for r in rows for c in range(1, 95))
    return [t for t in (b.decode("euc_jp", "ignore") for b in cells) if t]


def shape(c):
    page = Image.new("L", (SIZE + 8, SIZE + 8), 0)
    ImageDraw.Draw(page).text((4, -4), c, 255, font)
    a = np.asarray(page.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float32).ravel()
    a = a - a.mean()
    return a / (np.linalg.norm(a) + 1e-9)


usual, all_ = jis(range(16, 48)), jis(range(16, 85))
known = np.stack([shape(c) for c in usual])
for c in all_:
    near = known @ shape(c)
    best = [i for i in np.argsort(-near, kind="stable") if usual[i] != c and near[i] >= LEAST][:NEAREST]
    if best:
        print(c + "".join(usual[i] for i in best))
