#!/usr/bin/env python3
"""Makes the trial of tables: documents with tables of every kind of rule, and the cells they truly have.

usage: make.py FOLDER [--documents N] [--seed S]
       (writes FOLDER/pdf/NAME.pdf and FOLDER/truth/NAME.json; the same seed makes the same documents)

Everything is made up: names, figures and sentences are drawn by the seed. NAME says the class of the table, the producer (c
Chromium, l LibreOffice) and the half (a: looked at while the program is written, b: figures only)."""
import argparse, html, json, pathlib, random, shutil, subprocess, sys, tempfile

CLASSES = ("none", "head", "booktabs", "lines", "zebra", "columns", "full", "grouped", "text", "wrapped", "narrow", "pages", "beside",
           "halves", "turned", "sections", "sparse", "labels")
EN_THINGS = ("Rivers and coasts|Roads|Schools|Public health|Waste|Libraries|Water supply|Forests|Housing|Fire services|Culture|"
             "Sports grounds|Child care|Harbours|Markets|Energy use|Air quality|Trade|Tourism|Crops|Livestock|Mining|Fisheries").split("|")
EN_MORE = ("in urban areas|in the northern district|without special accounts|of all ages|per household|before adjustment|"
           "including transfers to local bodies|under ten years of age|as reported by the offices").split("|")
JA_THINGS = ("河川改修|道路維持|学校給食|健康診査|ごみ収集|図書館|水道施設|森林整備|市営住宅|消防団|文化財|体育施設|保育所|港湾|市場|省エネルギー|"
             "大気測定|商工振興|観光案内|農業基盤|畜産|水産|子育て支援|防災訓練").split("|")
JA_MORE = "（北部地区）|（特別会計を除く）|のうち補助分|一人当たり|（年度末現在）|の推進|に係る調査|及び関連する施設の管理".split("|")
EN_HEADS = ("Total|Men|Women|Share (%)|Change|Rank|Cost|Budget|Actual|Area (km²)|Units|Index|Rate|First quarter|Second quarter|"
            "Average per year|Number of cases|Persons employed").split("|")
JA_HEADS = "合計|男|女|割合（％）|増減|順位|予算額|決算額|面積（ha）|件数|指数|率|第１四半期|第２四半期|前年度比|利用者数|職員数".split("|")
EN_GROUPS = "Fiscal 2023|Fiscal 2024|Urban|Rural|Before|After|Public|Private".split("|")
JA_GROUPS = "令和５年度|令和６年度|市街地|郊外|改定前|改定後|直営|委託".split("|")
EN_WORDS = ("the offices report each year how many persons were asked and what was spent on it in the districts while results for "
            "smaller areas are not shown because they were drawn from a sample and may change when later data come in").split()
JA_SENTENCES = ("この表は各課からの報告をまとめたものである。|数値は四捨五入しているため、合計と内訳が一致しない場合がある。|"
                "対象となる施設は年度末現在で運営しているものとし、休止中のものは含まない。|調査の方法を前年度から改めたため、比較には注意を要する。|"
                "今後も引き続き状況を確認し、必要な見直しを行う。|利用の実態については、別に定める様式により報告を受けている。").split("|")


class Content:
    def __init__(self, rng, japanese):
        self.r, self.ja = rng, japanese

    def sentence(self, words=16):
        if self.ja: return self.r.choice(JA_SENTENCES)
        got = [self.r.choice(EN_WORDS) for _ in range(self.r.randint(words // 2, words))]
        return " ".join(got).capitalize() + "."

    def paragraph(self):
        return "".join(self.sentence() + ("" if self.ja else " ") for _ in range(self.r.randint(2, 6))).strip()

    def thing(self, long=0.25):
        name, more = (self.r.choice(JA_THINGS), self.r.choice(JA_MORE)) if self.ja else (self.r.choice(EN_THINGS), " " + self.r.choice(EN_MORE))
        return name + (more if self.r.random() < long else "")

    def heads(self, n):
        return self.r.sample(JA_HEADS if self.ja else EN_HEADS, n)

    def groups(self, n):
        return self.r.sample(JA_GROUPS if self.ja else EN_GROUPS, n)

    def figure(self, kind):
        v = self.r.random()
        if v < 0.04: return self.r.choice(("-", "…", "–", "n.a.") if not self.ja else ("－", "―", "…", "-"))
        if kind == "int": return f"{self.r.randint(3, 10 ** self.r.randint(1, 6)):,}"
        if kind == "dec": return f"{self.r.uniform(0, 120):.1f}"
        if kind == "pct": return f"{self.r.uniform(0, 100):.1f}%"
        if kind == "chg": return ("△" if self.ja else "-") * (self.r.random() < 0.4) + f"{self.r.randint(1, 4000):,}"
        return str(self.r.randint(1, 40))

    def phrase(self, long):
        if self.ja:
            return "".join(self.r.sample(JA_SENTENCES, self.r.randint(1, 2 if long else 1)))[: None if long else 18]
        return " ".join(self.r.choice(EN_WORDS) for _ in range(self.r.randint(6, 24) if long else self.r.randint(1, 4))).capitalize()


class Table:
    """Rows of (text, across, down, role) without covered cells; roles: head, label, figure, text, group, total."""

    def __init__(self): self.rows, self.heads = [], 0

    def cells(self):
        taken, out = set(), []
        for y, row in enumerate(self.rows):
            x = 0
            for text, across, down, _ in row:
                while (y, x) in taken: x += 1
                taken |= {(y + j, x + i) for j in range(down) for i in range(across)}
                if text: out.append({"row": [y, y + down], "col": [x, x + across], "text": text})
                x += across
        return out


def figures(c, columns, rows, grouped=False, sections=False, totals=True, long=0.25, empty=0.0, kinds=None):
    """A table of figures with labels at its left."""
    t, kinds = Table(), kinds or [c.r.choice(("int", "int", "dec", "pct", "chg")) for _ in range(columns)]
    stub = "区分" if c.ja else c.r.choice(("", "Item", "Sector"))
    if grouped:
        size = c.r.choice((2, 2, 3))
        parts = [size] * (columns // size) + ([1] if columns % size else [])
        names = c.groups(len(parts))
        t.rows.append([(stub, 1, 2, "head")] + [(n, p, 1, "head") for n, p in zip(names, parts)])
        sub = c.heads(size)
        t.rows.append([(s, 1, 1, "head") for p in parts for s in sub[:p]])
    else:
        t.rows.append([(stub, 1, 1, "head")] + [(h, 1, 1, "head") for h in c.heads(columns)])
    t.heads = len(t.rows)
    for i in range(rows):
        if sections and i % 4 == 0:
            t.rows.append([(c.groups(1)[0], 1, 1, "group")] + [("", 1, 1, "figure")] * columns)
        values = [("" if c.r.random() < empty else c.figure(k), 1, 1, "figure") for k in kinds]
        if not any(v[0] for v in values): values[-1] = (c.figure(kinds[-1]), 1, 1, "figure")
        t.rows.append([(c.thing(long), 1, 1, "label")] + values)
    if totals:
        t.rows.append([("合計" if c.ja else "Total", 1, 1, "label")] + [(c.figure(k), 1, 1, "figure") for k in kinds])
    return t


def words(c, columns, rows, long):
    """A table of texts; with long ones its cells have several lines."""
    t = Table()
    names = ("施設名|所在地|内容|備考|担当".split("|") if c.ja else "Name|Place|Description|Remarks|Office".split("|"))[:columns]
    t.rows.append([(n, 1, 1, "head") for n in names])
    t.heads = 1
    for _ in range(rows):
        texts = [c.phrase(long and i in (2, 3)) for i in range(1, columns)]
        t.rows.append([(c.thing(0), 1, 1, "label")] + [(x, 1, 1, "text") for x in texts])
    return t


def table_of(c, kind):
    r = c.r
    if kind == "text": return words(c, r.randint(3, 4), r.randint(5, 12), False)
    if kind == "wrapped": return words(c, r.randint(3, 4), r.randint(4, 7), True)
    if kind == "grouped": return figures(c, r.choice((4, 5, 6)), r.randint(5, 14), grouped=True)
    if kind == "sections": return figures(c, r.randint(2, 5), r.randint(6, 14), sections=True)
    if kind == "narrow": return figures(c, r.randint(7, 9), r.randint(6, 14), kinds=["int"] * 9, long=0)
    if kind == "pages": return figures(c, r.randint(3, 5), r.randint(60, 80))
    if kind == "sparse": return figures(c, r.randint(3, 5), r.randint(8, 14), empty=0.35, totals=False)
    if kind == "labels": return figures(c, r.randint(2, 4), r.randint(6, 12), long=0.9)
    if kind in ("beside", "halves"): return figures(c, 2, r.randint(5, 10), long=0)
    return figures(c, r.randint(2, 6), r.randint(4, 16))


def table_html(t, style, width, pad, align):
    out = [f'<table class="{style}" style="width:{width}">']
    for y, row in enumerate(t.rows):
        if y == 0: out.append("<thead>")
        if y == t.heads: out.append("</thead><tbody>")
        out.append(f'<tr class="{"z" if y % 2 else "y"}">')
        for text, across, down, role in row:
            span = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
            how = {"head": "center", "figure": align}.get(role, "left")
            out.append(f'<td{span} class="{role}{" over" if role == "head" and across > 1 else ""}" style="text-align:{how};padding:{pad[0]}px {pad[1]}px">{html.escape(text)}</td>')
        out.append("</tr>")
    return "".join(out) + "</tbody></table>"


CSS = """table{border-collapse:collapse;margin:6pt 0 10pt}td{vertical-align:top;border:0 solid #000}td.head{vertical-align:bottom}
.full td{border-width:1px}.lines td{border-width:1px 0}.columns td{border-width:0 1px}.columns{border:1px solid #000}
.head thead tr:last-child td{border-bottom-width:1px}.booktabs{border-top:2px solid #000;border-bottom:2px solid #000}
.booktabs thead{border-bottom:1px solid #000}.booktabs td.over{border-bottom-width:1px}.zebra tr.z td{background:#e4e4ee}
h1{text-align:center;margin:0 0 8pt}h2{margin:10pt 0 4pt}p{margin:4pt 0}.note{font-size:85%}.cap{margin:8pt 0 2pt}
.two{column-count:2;column-gap:24pt}.row{display:flex;gap:36pt}"""
RULES = {"none": "none", "head": "head", "booktabs": "booktabs", "lines": "lines", "zebra": "zebra", "columns": "columns", "full": "full"}


def document(rng, kind, producer):
    c = Content(rng, rng.random() < 0.5)
    style = RULES.get(kind) or rng.choice(("none", "none", "head", "booktabs", "booktabs", "lines", "zebra"))
    size = rng.choice((8, 9, 10, 10.5))
    pad = (rng.choice((1, 2, 3)), rng.choice((4, 6, 10)))
    if kind == "narrow": size, pad = 8, (1, 3)
    if kind == "wrapped": pad = (rng.choice((3, 5)), 8)
    width = rng.choice(("100%", "100%", "auto", "80%"))
    align = rng.choice(("right", "right", "center"))
    font = rng.choice(("IPAexGothic", "IPAexMincho", "Noto Sans CJK JP", "Noto Serif CJK JP")) if c.ja else rng.choice(("Liberation Serif", "Liberation Sans", "DejaVu Sans"))
    body, truth, n = [], [], 0

    def prose(k):
        body.extend(f"<p>{html.escape(c.paragraph())}</p>" for _ in range(k))

    def caption():
        nonlocal n
        n += 1
        name = f"表{n}　{c.thing()}の状況" if c.ja else f"Table {n}. {c.thing()} by sector"
        return f'<p class="cap">{html.escape(name)}</p>'

    def one(width=width):
        t = table_of(c, kind)
        truth.append(t)
        return table_html(t, style, width, pad, align)

    body.append(f"<h1>{html.escape(c.thing() + ('に関する報告' if c.ja else ': annual report'))}</h1>")
    prose(rng.randint(1, 3))
    if kind == "beside":
        body.append(f'<table style="width:100%"><tr><td style="width:50%;padding:0 14pt 0 0">{caption()}{one("100%")}</td><td style="width:50%;padding:0 0 0 14pt">{caption()}{one("100%")}</td></tr></table>')
        prose(1)
    elif kind == "halves":
        body.append('<div class="two">'); prose(3); body.append(caption() + one("100%")); prose(4); body.append("</div>")
    elif kind == "turned":
        body.append('<div style="break-before:page;height:250mm;position:relative"><div style="position:absolute;width:240mm;transform-origin:top left;transform:rotate(-90deg) translate(-245mm,5mm)">'
                    + caption() + one("auto") + "</div></div>")
    else:
        for _ in range(1 if kind == "pages" else rng.randint(1, 3)):
            body.append(caption() + one())
            if rng.random() < 0.5: body.append(f'<p class="note">{html.escape(("注）" if c.ja else "Note: ") + c.sentence())}</p>')
            prose(rng.randint(0, 2))
    number = '@bottom-center{content:counter(page);font-size:8pt}' if rng.random() < 0.6 else ""
    css = f"@page{{size:A4;margin:20mm;{number}}}body{{font-family:'{font}';font-size:{size}pt;line-height:{rng.choice((1.25, 1.4, 1.6))};margin:0}}" + CSS
    page = f'<!doctype html><html lang="{"ja" if c.ja else "en"}"><meta charset="utf-8"><style>{css}</style><body>{"".join(body)}</body></html>'
    return page, [{"cells": t.cells()} for t in truth]


def print_all(pages, folder):
    chromium = {n: p for n, p in pages.items() if n[-2] == "c"}
    with tempfile.TemporaryDirectory() as tmp:
        for name, text in pages.items(): pathlib.Path(tmp, name + ".html").write_text(text, encoding="utf-8")
        from playwright.sync_api import sync_playwright
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            for name in chromium:
                page.goto(pathlib.Path(tmp, name + ".html").as_uri())
                page.pdf(path=str(folder / (name + ".pdf")), prefer_css_page_size=True)
            browser.close()
        rest = [str(pathlib.Path(tmp, n + ".html")) for n in pages if n not in chromium]
        if rest:
            subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp}/profile", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(folder), *rest],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("folder", type=pathlib.Path)
    a.add_argument("--documents", type=int, default=4, help="documents of each class in each half")
    a.add_argument("--seed", type=int, default=1)
    o = a.parse_args()
    for sub in ("pdf", "truth"): (o.folder / sub).mkdir(parents=True, exist_ok=True)
    pages = {}
    for half in "ab":
        for kind in CLASSES:
            for i in range(o.documents):
                producer = "l" if i == 3 and kind not in ("halves", "turned", "pages") else "c"
                name = f"{kind}-{i + 1}{producer}{half}"
                pages[name], truth = document(random.Random(f"{o.seed}/{name}"), kind, producer)
                (o.folder / "truth" / (name + ".json")).write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    print_all(pages, o.folder / "pdf")
    print(f"{len(pages)} documents in {o.folder}")


if __name__ == "__main__":
    sys.exit(main())
