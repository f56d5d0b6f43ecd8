#!/usr/bin/env python3
"""Makes crates/scan/data/bearings.bin: where the ink of a character lies in its square, typeface by typeface.

usage: bearings.py FONTS_FOLDER > bearings.bin     (needs fonttools; the fonts that .ci/tools installs, of 2026-11, made the file)

A row is a character: its code (four bytes, little end first), then for every face of FACES four bytes: white before its ink
(plus 40), the ink's width, the white behind it (plus 40), the ink's height, each in 1/200 em. Rows are in the order of their
codes. The characters are the blank, ASCII with its full-width twins, the marks and kana of JIS X 0208 and its kanji of level 1.
"""
import sys, pathlib
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

# File, index of the face in it, and the advance that half-width characters are pressed to, where the face has none of its own:
# the fonts that offices use most (MS Mincho) have all of one advance. The last two, whose kana are of many, are those of
# fonts-ipafont; their full-width letters, digits and ％ are as narrow as half-width ones, which other typefaces of the kind are not:
# those of the first face stand for them.
FACES = [
    ("opentype/noto/NotoSansCJK-Regular.ttc", 0, None),
    ("opentype/noto/NotoSansCJK-Regular.ttc", 5, None),
    ("opentype/noto/NotoSansCJK-Bold.ttc", 0, None),
    ("opentype/noto/NotoSerifCJK-Regular.ttc", 0, None),
    ("opentype/ipaexfont-gothic/ipaexg.ttf", -1, None),
    ("opentype/ipaexfont-mincho/ipaexm.ttf", -1, None),
    ("opentype/ipaexfont-mincho/ipaexm.ttf", -1, 0.5),
    ("opentype/ipaexfont-gothic/ipaexg.ttf", -1, 0.5),
    ("opentype/ipafont-mincho/ipamp.ttf", -1, None),
    ("opentype/ipafont-gothic/ipagp.ttf", -1, None),
]
UNIT, SHIFT = 200, 40


def characters():
    cells = (bytes([0xA0 + r, 0xA0 + c]) for r in [*range(1, 9), *range(16, 48)] for c in range(1, 95))
    jis = {t for t in (b.decode("euc_jp", "ignore") for b in cells) if len(t) == 1}
    ascii_ = {chr(c) for c in range(0x21, 0x7F)}
    return sorted(jis | {" "} | ascii_ | {chr(ord(c) + 0xFEE0) for c in ascii_} | set("～－∥￥"))


class Face:
    def __init__(self, path, index, pressed):
        font = TTFont(path, fontNumber=index)
        self.glyphs, self.names, self.em, self.pressed = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm, pressed

    def bytes(self, c):
        name = self.names.get(ord(c))
        if name is None:
            return None
        pen = BoundsPen(self.glyphs)
        self.glyphs[name].draw(pen)
        if pen.bounds is None:
            # A blank is all white.
            return bytes([round((self.pressed or self.glyphs[name].width / self.em) * UNIT) + SHIFT, 0, SHIFT, 0])
        x0, y0, x1, y1 = pen.bounds
        advance = self.glyphs[name].width
        scale = self.pressed * self.em / advance if self.pressed and ord(c) < 0x80 else 1
        share = lambda v: round(v * UNIT / self.em)
        out = [share(x0 * scale) + SHIFT, share((x1 - x0) * scale), share((advance - x1) * scale) + SHIFT, share(y1 - y0)]
        return bytes(max(0, min(255, v)) for v in out)


faces = [Face(pathlib.Path(sys.argv[1]) / path, index, pressed) for path, index, pressed in FACES]
for c in characters():
    said = [None if n >= 8 and "％" <= c <= "ｚ" and (c.isalnum() or c == "％") else face.bytes(c) for n, face in enumerate(faces)]
    usual = next((s for s in said if s), None)
    if usual:
        sys.stdout.buffer.write(ord(c).to_bytes(4, "little") + b"".join(s or usual for s in said))
