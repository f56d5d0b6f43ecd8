#!/usr/bin/env python3
"""Scans of tables of figures, made from a seed: budgets, estimates, years side by side, indicators.

usage: make.py DIR [--seed N] [--count N] [--fonts FOLDER] [--dirt]

Writes NAME.pdf (one picture a page, gray or black and white) and NAME.json, the rows as they are printed. Sums, products
and shares are right, as in a real table; figures are set right, from 1 to 12 pixels (at 400 dpi) from the rule. With
--dirt every page bears specks, holes, dirt at an edge, or lies on its side, and the table is short.
Typefaces: those that are installed; with --fonts others from a folder (`.ttf`, `.otf`), for the half that is only judged.
"""
import argparse, json, pathlib, random
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

SHARE = pathlib.Path("/usr/share/fonts")
FACES = [("opentype/ipaexfont-gothic/ipaexg.ttf", 0), ("opentype/ipaexfont-mincho/ipaexm.ttf", 0),
         ("opentype/noto/NotoSansCJK-Regular.ttc", 0), ("opentype/noto/NotoSansCJK-Bold.ttc", 0),
         ("opentype/noto/NotoSerifCJK-Regular.ttc", 0)]
CONDITIONS = [(200, False), (300, False), (400, False), (200, True), (300, True), (400, True)]
ITEMS = ["報償費", "旅費", "需用費", "役務費", "委託料", "使用料及び賃借料", "工事請負費", "備品購入費", "負担金", "扶助費", "積立金", "公債費"]
GOODS = ["コピー用紙", "防災倉庫", "毛布", "保存水", "机", "ノートパソコン", "消火器", "図書", "体操マット", "案内板", "電球", "封筒"]
SIGNS = ["出席率", "受診率", "収納率", "資源化率", "満足度", "普及率", "利用率", "耐震化率"]


def commas(n):
    return f"{n:,}"


def signed(n):
    return ("△" if n < 0 else "") + commas(abs(n))


def amount(r, low, high):
    return int(10 ** r.uniform(low, high))


def budget(r):
    unit = r.choice(["", "", "千円"])
    rows, sums = [], [0, 0]
    for name in r.sample(ITEMS, r.randint(6, 9)):
        now, before = amount(r, 1.5, 6.5), amount(r, 1.5, 6.5)
        if r.random() < .7:
            before = int(now * r.uniform(.7, 1.4))
        sums = [sums[0] + now, sums[1] + before]
        rows.append((name, now, before))
    rows.append(("合計", *sums))
    mark = r.choice(["△", "△", "-", "▲"])
    out = [["区分", "本年度", "前年度", "比較", "増減率"]]
    for name, now, before in rows:
        rate = (now - before) / max(before, 1) * 100
        of = lambda text: text.replace("△", mark)
        out.append([name, commas(now) + unit, commas(before) + unit, of(signed(now - before)) + unit,
                    of(("△" if rate < 0 else "") + f"{abs(rate):.1f}") + "%"])
    return out, [None, 1, 1, 1, 1]


def estimate(r):
    out, total = [["品名", "数量", "単位", "単価", "金額"]], 0
    yen = r.choice(["", "", "円"])
    for name in r.sample(GOODS, r.randint(6, 9)):
        count, price = r.choice([1, 2, 3, 5, 8, 10, 12, 20, 24, 30, 40, 45, 60, 100, 120, 150, 300]), amount(r, 1.2, 5) // 10 * 10 + 10
        total += count * price
        out.append([name, commas(count), r.choice(["個", "枚", "式", "本", "冊"]), commas(price) + yen, commas(count * price) + yen])
    out.append(["合計", "", "", "", commas(total) + yen])
    return out, [None, 1, 0, 1, 1]


def years(r):
    first = r.randint(1, 4)
    columns = r.randint(3, 5)
    out = [["区分"] + [f"令和{y}年度" for y in range(first, first + columns)]]
    body = [[amount(r, 1, 5.5) for _ in range(columns)] for _ in range(r.randint(5, 8))]
    for name, row in zip(r.sample(ITEMS, len(body)), body):
        out.append([name] + [commas(n) for n in row])
    out.append(["計"] + [commas(sum(row[c] for row in body)) for c in range(columns)])
    return out, [None] + [1] * columns


def indicators(r):
    out = [["指標", "現状値", "目標値", "実績値", "達成率"]]
    wide = r.random() < .25
    for name in r.sample(SIGNS, r.randint(5, 8)):
        goal = r.uniform(20, 99)
        got = goal * r.uniform(.5, 1.1)
        row = [f"{goal * r.uniform(.5, 1):.1f}%", f"{goal:.1f}%", f"{got:.1f}%", f"{got / goal * 100:.1f}%"]
        out.append([name] + [w.translate(str.maketrans("0123456789.%", "０１２３４５６７８９．％")) if wide else w for w in row])
    return out, [None, 1, 1, 1, 1]


def draw(rows, right, r, dpi, face):
    pt = dpi / 72
    size = r.uniform(8.5, 11) * pt
    font = ImageFont.truetype(str(face[0]), round(size), index=face[1])
    gap = r.randint(1, 12) * dpi / 400
    line = max(1, round(r.choice([.25, .5, .75, 1]) * pt))
    pad = .35 * size
    (_, top, _, bottom), drop = font.getbbox("0"), r.uniform(-.1, .15) * size
    middle = (top + bottom) / 2
    wide = [max(font.getlength(row[c]) for row in rows) + pad + max(gap, pad) + r.uniform(.2, 3) * size for c in range(len(rows[0]))]
    high = size * r.uniform(1.5, 2.1)
    page = Image.new("L", (int(sum(wide) + 100 * pt), int(high * len(rows) + 90 * pt)), 255)
    pen = ImageDraw.Draw(page)
    x0, y0 = 45 * pt + r.random(), 50 * pt + r.random()
    pen.text((x0, y0 - 22 * pt), r.choice(["予算の内訳（単位：円）", "見積書の内訳", "年度別の決算額", "目標の達成状況"]), font=font, fill=0)
    xs = [x0]
    for w in wide:
        xs.append(xs[-1] + w)
    ys = [y0 + i * high for i in range(len(rows) + 1)]
    for y in ys:
        pen.rectangle([round(xs[0]), round(y), round(xs[-1]) + line - 1, round(y) + line - 1], fill=0)
    for x in xs:
        pen.rectangle([round(x), round(ys[0]), round(x) + line - 1, round(ys[-1]) + line - 1], fill=0)
    for i, row in enumerate(rows):
        for c, text in enumerate(row):
            box = font.getbbox(text)
            ink = box[2] - box[0]
            if i == 0 or right[c] == 0:
                x = (xs[c] + xs[c + 1] + line) / 2 - ink / 2 - box[0]
            elif right[c]:
                x = round(xs[c + 1]) - gap - box[2]
            else:
                x = xs[c] + line + pad
            pen.text((x, (ys[i] + ys[i + 1] + line) / 2 - middle + drop), text, font=font, fill=0)
    return page


def noise(page, r, spread):
    grain = Image.frombytes("L", page.size, r.randbytes(page.size[0] * page.size[1]))
    grain = grain.point(lambda v: int(128 + (v - 128) * spread / 74))
    return ImageChops.add(page, grain, 1, -128)


def dirt(page, r, dpi):
    """Specks, holes, a dark edge; what was put there."""
    pen, (w, h) = ImageDraw.Draw(page), page.size
    kind = r.choice(["specks", "specks", "specks", "edge", "holes"])
    for _ in range(r.choice([15, 40, 80, 150, 300]) if kind == "specks" else r.choice([0, 20])):
        x, y, s = r.uniform(0, w), r.uniform(0, h), r.uniform(2, 6) * dpi / 400
        pen.ellipse([x, y, x + s, y + s * r.uniform(.6, 1.4)], fill=r.randint(0, 60))
    if kind == "edge":
        pen.rectangle([0, 0, r.uniform(.02, .12) * dpi, h], fill=20)
        for _ in range(60):
            x, y, s = r.uniform(0, .25) * dpi, r.uniform(0, h), r.uniform(1, 12) * dpi / 400
            pen.ellipse([x, y, x + s, y + s], fill=30)
    if kind == "holes":
        for y in (.3, .7):
            s = .118 * dpi
            pen.ellipse([.3 * dpi - s, h * y - s, .3 * dpi + s, h * y + s], fill=10)
    return kind


def scan(page, r, dpi, bilevel, dirty):
    kind = dirt(page, r, dpi) if dirty else None
    page = page.rotate(r.uniform(-.6, .6), Image.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(r.uniform(.4, .8) * dpi / 300))
    page = noise(page.point(lambda v: int(v * .86 + 20)), r, r.uniform(2, 7))
    if bilevel:
        cut = r.randint(120, 165)
        page = page.point(lambda v: 255 if v > cut else 0).convert("1")
    turn = r.choice([0, 0, 0, 90, 180, 270]) if dirty else 0
    return (page.rotate(turn, expand=True) if turn else page), kind, turn


def main():
    args = argparse.ArgumentParser()
    args.add_argument("dir", type=pathlib.Path)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--count", type=int, default=4, help="documents of each of six conditions")
    args.add_argument("--fonts", type=pathlib.Path)
    args.add_argument("--dirt", action="store_true")
    args = args.parse_args()
    args.dir.mkdir(parents=True, exist_ok=True)
    faces = [(SHARE / name, index) for name, index in FACES]
    if args.fonts:
        faces = [(f, 0) for f in sorted(args.fonts.rglob("*.?t?")) if f.suffix in (".ttf", ".otf")]
    for dpi, bilevel in CONDITIONS:
        for n in range(args.count):
            r = random.Random(f"{args.seed} {dpi} {bilevel} {n}")
            rows, right = [budget, estimate, years, indicators][n % 4](r)
            if args.dirt:
                rows = rows[:1] + rows[1:][-r.randint(2, 4):]
            face = r.choice(faces)
            page, kind, turn = scan(draw(rows, right, r, dpi, face), r, dpi, bilevel, args.dirt)
            name = f"{'bilevel' if bilevel else 'gray'}-{dpi}-{args.seed}-{n}"
            page.save(args.dir / f"{name}.pdf", resolution=dpi)
            gold = {"condition": f"{'bilevel' if bilevel else 'gray'} {dpi}", "face": face[0].name, "dirt": kind, "turn": turn,
                    "right": right, "rows": rows}
            (args.dir / f"{name}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1))


main()
