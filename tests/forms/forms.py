"""The forms: each draws its words, writes its goals and lays them out, and says what is right (gold)."""
import random
import content
from content import Writer
from render import Break, Cell, Line, Look, Table
from words import TITLES_FY, TITLES_NO, TITLES_POLICY, Words

WIDTH = {"number": 3.2, "item": 12, "target": 19, "methods": 23, "plan_category": 9, "deadline": 7, "divisions": 8, "achievement": 9,
         "weight": 5, "kind": 5, "sdgs": 5, "start": 5, "budget": 7, "note": 7, "next": 7, "chief": 6, "mid": 8, "issue": 11, "voice": 10, "review": 11, "last": 8, "fund": 8, "partner": 10}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Col:
    """A column (or a labelled value): `key` is a field of the contract, or o:KEY, or s:SET:I."""

    def __init__(self, d, key, group=None):
        self.key, self.group = key, group
        w = d.words
        if key.startswith("o:"): self.head = w.other(key[2:])
        elif key.startswith("s:"): _, s, i = key.split(":"); self.head = w.set(s, int(i))
        else: self.head = w.field(key)
        self.field = None if key[1:2] == ":" else key
        self.width = WIDTH.get(key.split(":")[-1] if key[:2] == "o:" else key, 7)
        self.heading = " ".join((["".join(group)] if group else []) + ["".join(self.head)])


class Draft:
    def __init__(self, form, split, k, fmt):
        self.form, self.split, self.fmt = form, split, fmt
        self.r = random.Random(f"{form}/{split}/{k}")
        self.fy = self.r.choice([2021, 2022, 2023, 2024, 2025, 2026]); self.dept = self.r.choice(list(content.DEPTS))
        self.words = Words(self.r, split); self.writer = Writer(self.r, self.fy, self.dept)
        self.look = Look(font=self.r.choice(["IPAexGothic", "IPAexMincho", "Noto Sans CJK JP"]), shade=self.r.choice(["#e8eef4", "#f2f2f2", "#fde9d9", "#e2efda"]),
                         title=self.r.choice(["center", "center", "left"]), number=self.r.random() < 0.5)
        self.blocks, self.goals, self.gold_goals, self.sections, self.preamble = [], [], [], None, None
        self.numbers = "plain"; self.ditto = None; self.checks = False; self.blanks = 0; self.sep = self.r.choice(["\n", "、"])
        self.title = self.author = self.date = self.department = None; self.authors_open = False; self.features = []; self.struck = False
        self.year_from = "title"

    # --- words of the head -----------------------------------------------------------------------------
    def era(self): return f"令和{self.fy - 2018}年度"

    def fy_text(self):
        e = self.fy - 2018
        return self.r.choice([f"令和{e}年度"] * 4 + [f"令和{content.Writer.digits(self, str(e))}年度", f"令和{chr(0xFF10 + e)}年度", f"Ｒ{e}年度", f"{self.fy}年度"])

    wide = False

    def make_title(self):
        if self.year_from == "title": self.fy_raw = self.fy_text(); t = self.words.draw(*((TITLES_POLICY, "t/policy") if self.form == "N13" else (TITLES_FY, "t/fy"))).format(fy=self.fy_raw, d=self.dept)
        else: self.fy_raw = self.era(); t = self.words.draw(TITLES_NO, "t/no").format(d=self.dept)
        if self.dept in t: self.department = self.dept
        self.title = t
        return t

    def day(self):
        e = self.fy - 2018; m, dd = self.r.choice([(4, 1), (4, 15), (5, 10), (5, 27), (6, 3)])
        self.date = (self.r.choice([f"令和{e}年{m}月{dd}日", f"R{e}.{m}.{dd}", f"{self.fy}年{m}月{dd}日"]), f"{self.fy}-{m:02d}-{dd:02d}")
        return self.date[0]

    def pairs(self, keys):
        """Label and value of each part of a head box, noting what is right."""
        out = []
        for k in keys:
            v = {"department": lambda: self.dept, "chief": self.writer.person, "name": self.writer.person, "post": lambda: self.dept + "長", "date": self.day, "year": self.fy_text,
                 "policy": lambda: "市民の声を聴き、分かりやすく、早く、確かに仕事を進めます。"}[k]()
            if k == "department": self.department = self.dept
            if k == "year": self.fy_raw = v
            if k == "chief": self.authors_open = True
            if k == "post": self.department = self.dept; post = v
            if k == "name": self.author = {"post": post, "name": v}
            out.append((self.words.label(k), v))
        return out

    def head(self, shape, keys=("department", "chief")):
        """The title and the head box in one of the shapes; in_table returns rows for the main table."""
        if self.year_from == "head" and "year" not in keys: keys = ("year",) + tuple(keys)
        title = self.make_title()
        if shape == "right":
            who = self.writer.person(); self.author = {"post": self.dept + "長", "name": who}; self.department = self.dept
            year = f"{self.words.label('year')}　{self.fy_text()}　　" if self.year_from == "head" else ""
            self.blocks += [Line(title, "title"), Line(f"{year}{self.day()}　{self.dept}長　{who}", "right")]
            return
        pairs = self.pairs(keys)
        self.features.append("head " + shape)
        if shape == "in_table": return title, pairs
        self.blocks.append(Line(title, "title"))
        if shape == "left": self.blocks.append(Table([[c for l, v in pairs for c in (Cell([l], head=True), Cell([v]))]], [w for _, v in pairs for w in (8, 12 if len(v) < 14 else 30)]))
        if shape == "above": self.blocks.append(Table([[Cell([l], head=True) for l, _ in pairs], [Cell([v], centre=True) for _, v in pairs]], [10 if len(v) < 14 else 26 for _, v in pairs]))
        if shape == "glued": self.blocks.append(Line("　".join(f"{l}：{v}" for l, v in pairs), self.r.choice(["right", "p"])))
        if shape == "lines": self.blocks += [Line(f"{l}　{v}", "p") for l, v in pairs]

    # --- goals -----------------------------------------------------------------------------------------
    def write_goals(self, n, cols, many=3):
        """Draws n goals and their values for the columns, and states the gold."""
        self.cols = cols; have = {c.field for c in cols if c.field}
        for i in range(n):
            g = self.writer.goal(many); g["i"] = i
            for c in cols:
                if c.field: continue
                k = c.key[2:].replace(":", "")
                g["other"][c.key] = [] if self.r.random() < self.blanks else self.writer.other(k, g)
                if k == "kind" and self.checks and g["other"][c.key]:
                    v = g["other"][c.key][0]; g["other"][c.key] = ["　".join(("☑" if x == v else "□") + x for x in ("新規", "継続"))]
            if self.blanks and self.r.random() < self.blanks:
                f = self.r.choice(["methods", "deadline", "divisions"]); g[f] = [] if f != "deadline" else None
            if self.blanks and self.r.random() < 0.6: g["achievement"] = None
            self.goals.append(g)
            self.gold_goals.append(self.gold(g, have))

    def gold(self, g, have):
        pick = lambda f, v: v if f in have else None
        o = {"number": None, "item": g["item"], "plan_category": pick("plan_category", g["plan_category"]), "target": pick("target", g["target"]), "methods": pick("methods", g["methods"]),
             "deadline": pick("deadline", g["deadline"]), "divisions": pick("divisions", g["divisions"]), "achievement": pick("achievement", g["achievement"])}
        o["other"] = [{"heading": c.heading, "text": content.plain(g["other"][c.key], self.writer.bullet)} for c in self.cols if not c.field]
        i = g["i"] + 1; acc = {}
        if "number" not in have: acc["number"] = [None] + list(range(1, 60))
        else:
            raw = self.number(g); plain = self.numbers in ("plain", "wide")
            o["number"] = None if self.numbers in ("paren", "alpha") else i
            if not (plain and raw.isascii()): o["number_raw"] = raw
            if o["number"] is not None and not plain: acc["number"] = [None]
        if self.checks and g["achievement"] and "achievement" in have:
            kind = content.ACH["words"]; v = g["achievement"]["raw"]; raw = "　".join(("☑" if x == v else "□") + x for x in kind)
            o["achievement"] = {"raw": raw, "rate": None}; acc["achievement"] = [v, "☑" + v]
        if acc: o["accept"] = acc
        return o

    def number(self, g):
        i = g["i"]
        return {"plain": lambda: str(i + 1), "wide": lambda: str(i + 1).translate(content.WIDE), "circ": lambda: CIRCLED[i], "no": lambda: f"No.{i + 1}",
                "paren": lambda: f"{i // 4 + 1}-({i % 4 + 1})", "alpha": lambda: f"{'ABCDEFG'[i // 4]}-{i % 4 + 1}"}[self.numbers]()

    def lines(self, g, c):
        """What is printed in the cell of a goal and a column."""
        f = c.field; o = self.gold_goals[g["i"]]
        if f is None: return g["other"][c.key]
        if f == "number": return [self.number(g)]
        if f in ("target", "methods"): return self.writer.listed(g[f])
        if f == "deadline": return [g[f]["raw"]] if g[f] else []
        if f == "achievement": return [o[f]["raw"]] if o[f] else []
        if f == "divisions": return g[f] if self.sep == "\n" else [self.sep.join(g[f])] if g[f] else []
        return [g[f]] if g[f] else []

    def cell(self, g, c, **kw):
        if c.field in ("number", "deadline", "divisions") or c.key[2:] in ("weight", "kind"): kw.setdefault("centre", True)
        cell = Cell(self.lines(g, c), **kw); old = g.get("old", {}).get(c.key)
        if old: cell.old = old
        return cell

    def columns(self, *spec):
        """Columns of a spec: field, o:KEY, set:KEY:N (a group of N), or a tuple (group, spec…)."""
        out = []
        for s in spec:
            if isinstance(s, tuple): g = self.words.group(s[0]); out += [Col(self, x, g) for x in s[1:]]
            elif s.startswith("set:"): _, k, n = s.split(":"); g = self.words.group(k); out += [Col(self, f"s:{k}:{i}", g) for i in range(int(n))]
            else: out.append(Col(self, s))
        return out

    # --- layouts ---------------------------------------------------------------------------------------
    def header(self, cols):
        two = any(c.group for c in cols); top, low, last = [], [], None
        for c in cols:
            if c.group is None: top.append(Cell(c.head, head=True, down=2 if two else 1)); last = None
            else:
                if last is c.group: top[-1].across += 1
                else: top.append(Cell(c.group, head=True)); last = c.group
                low.append(Cell(c.head, head=True))
        return [top, low] if two else [top]

    def flat(self, merge=None, bands=None, before=(), repeat=True, rules=True):
        """One table, a row a goal. merge: a field that stands once for a run of goals; bands: {goal index: text}."""
        cols = self.cols; rows = [list(r) for r in before] + self.header(cols); heads = len(rows); i = 0
        runs = {}
        if merge:
            while i < len(self.goals):
                n = min(self.r.randint(1, 4), len(self.goals) - i); runs[i] = n
                for j in range(i + 1, i + n):
                    self.goals[j][merge] = self.goals[i][merge]; o = self.gold_goals[j]; o[merge] = self.gold_goals[i][merge]
                    o["inherited"] = {merge: self.gold_goals[i].get("number")}
                i += n
        for g in self.goals:
            i = g["i"]
            if bands and i in bands: rows.append([Cell([bands[i]], across=len(cols), bold=True)])
            row = []
            for c in cols:
                if merge and c.field == merge:
                    if i in runs: row.append(self.cell(g, c, down=runs[i]))
                elif self.ditto and c.field == "divisions" and i and self.goals[i - 1]["divisions"] == g["divisions"]: row.append(Cell([self.ditto], centre=True))
                else: row.append(self.cell(g, c))
            rows.append(row)
        self.blocks.append(Table(rows, [c.width for c in cols], heads if repeat else 0, rules))

    def title_rows(self, title, pairs):
        """Title and head box as the first rows of the main table."""
        n = len(self.cols); top = [[Cell([title], across=n, centre=True, bold=True)]]
        k = max(1, n // (2 * len(pairs))); cells = [c for l, v in pairs for c in (Cell([l], across=k, head=True), Cell([v], across=k))]
        cells[-1].across += n - 2 * k * len(pairs)
        return top + [cells]

    def by_field(self, name): return next((c for c in self.cols if c.key == name), None)

    def document(self, name):
        issued = [{"raw": self.date[0], "iso": self.date[1]}] if self.date else []
        fy = {"raw": self.fy_raw, "era": "令和", "year": self.fy - 2018, "gregorian": self.fy, "start": f"{self.fy}-04-01", "end": f"{self.fy + 1}-03-31"}
        o = {"source": name, "kind": "goal_table", "title": self.title, "fiscal_year": fy, "year_from": self.year_from, "dates": {"issued": issued, "revised": []},
             "authors": None if self.authors_open else [self.author] if self.author else [], "department": self.department, "goals": self.gold_goals}
        o["columns"] = [{"heading": c.heading, "field": c.field} for c in self.cols]
        if self.sections: o["preamble"], o["sections"] = self.preamble, self.sections
        if self.struck: o["struck_out"] = True
        return o


# --- the forms ---------------------------------------------------------------------------------------------
def quarterly(d):
    d.write_goals(d.r.randint(9, 16), d.columns("number", "item", "target", "methods", "set:progress:4", "divisions")); d.head(d.r.choice(["right", "left"])); d.flat()

def kpi(d):
    d.write_goals(d.r.randint(8, 14), d.columns("divisions", "number", "item", "target", "set:kpi:4", "methods", "achievement", "o:note")); d.head("above", ("department", "post", "name")); d.flat()

def budget(d):
    d.numbers = "wide" if d.writer.wide else "plain"
    d.write_goals(d.r.randint(10, 18), d.columns("plan_category", "number", "item", "methods", "target", "set:budget:2", "o:fund", "deadline", "divisions")); d.head("glued", ("department", "chief", "date"))
    d.flat(merge="plan_category" if d.fmt not in ("tsv", "csv", "dump", "layout") else None)

def vertical_sheet(d):
    """A sheet a goal; the labels of the long fields are written vertically."""
    d.look.paper = "A4 portrait"; d.look.size = 10; d.year_from = d.r.choice(["title", "head"])
    d.write_goals(d.r.randint(6, 9), d.columns("number", "item", "deadline", "divisions", "target", "methods", "o:issue", "achievement", "o:next"))
    d.head("left", ("department", "chief")); top = list(d.blocks); d.blocks = []; c = d.by_field
    for g in d.goals:
        rows = [[Cell(c("number").head, head=True), d.cell(g, c("number")), Cell(c("item").head, head=True), d.cell(g, c("item"), across=3)],
                [Cell(c("deadline").head, head=True), d.cell(g, c("deadline")), Cell(c("divisions").head, head=True), d.cell(g, c("divisions"), across=3)]]
        for k in ("target", "methods", "o:issue", "achievement", "o:next"):
            rows.append([Cell(["".join(c(k).head)], head=True, vertical=k in ("target", "methods")), d.cell(g, c(k), across=5)])
        d.blocks += ([Break()] if g["i"] else []) + top + [Table(rows, [6, 8, 8, 12, 8, 12])]

def key_value(d):
    """Key-value sheets of four columns; the department and the division apart; two sheets a page."""
    d.look.paper = "A4 portrait"; d.look.size = 9
    d.write_goals(d.r.randint(6, 10), d.columns("number", "divisions", "item", "plan_category", "deadline", "o:weight", "target", "methods", "o:last", "achievement", "o:review"), 2)
    d.writer.sep = None; c = d.by_field; title = d.make_title(); dep = d.words.label("department"); d.department = d.dept
    d.blocks.append(Line(title, "title"))
    for g in d.goals:
        kv = lambda k, across=1: [Cell(c(k).head, head=True), d.cell(g, c(k), across=across, centre=False)]
        rows = [[Cell([dep], head=True), Cell([d.dept])] + kv("divisions"), kv("number") + kv("deadline"), kv("item", 3), kv("plan_category") + kv("o:weight"), kv("target", 3), kv("methods", 3), kv("o:last") + kv("achievement"), kv("o:review", 3)]
        if g["i"] and g["i"] % 2 == 0: d.blocks.append(Break())
        d.blocks.append(Table(rows, [9, 18, 9, 18], keep=True))

def bands(d):
    d.write_goals(d.r.randint(10, 18), d.columns("number", "item", "target", "methods", "deadline", "divisions", "o:budget"))
    d.head("right"); starts = [0] + sorted(d.r.sample(range(2, len(d.goals) - 1), 2)); mark = d.r.choice(["Ⅰ　,Ⅱ　,Ⅲ　", "【柱１】,【柱２】,【柱３】", "■ ,■ ,■ ", "第1章　,第2章　,第3章　"]).split(",")
    names = d.r.sample(content.BANDS, 3); at = {s: mark[i] + names[i] for i, s in enumerate(starts)}
    for g, o in zip(d.goals, d.gold_goals): o["band"] = at[max(s for s in starts if s <= g["i"])]
    d.flat(bands=at)

def transposed(d):
    """Fields down, goals across; three or four goals a table."""
    d.write_goals(d.r.randint(6, 9), d.columns("number", "item", "divisions", "target", "methods", "deadline", ("do", "achievement", "o:issue", "o:next")), 2)
    d.head("left", ("department", "post", "name", "date")); k = d.r.choice([3, 4]); cols = d.cols
    for s in range(0, len(d.goals), k):
        rows, last = [], None; part = d.goals[s:s + k]
        for c in cols:
            if c.group is None: row = [Cell(c.head, across=2, head=True)]
            elif last is c.group: row = [Cell(c.head, head=True)]
            else: row = [Cell(c.group, head=True, down=sum(x.group is c.group for x in cols)), Cell(c.head, head=True)]; last = c.group
            rows.append(row + [d.cell(g, c) for g in part] + [Cell([]) for _ in range(k - len(part))])
        d.blocks += ([Break()] if s else []) + [Table(rows, [5, 7] + [20] * k)]

def cards(d):
    """Two goals a page as cards: labels above the values, in a frame of its own."""
    d.look.paper = "A4 portrait"; d.numbers = d.r.choice(["no", "circ", "plain"])
    d.write_goals(d.r.randint(6, 10), d.columns("number", "item", "target", "methods", "deadline", "divisions", "o:kind", "achievement", "o:voice"), 2)
    d.head("glued", ("department", "chief")); c = d.by_field; h = lambda k, n=1: Cell(c(k).head, head=True, across=n)
    for g in d.goals:
        rows = [[h("number"), h("item", 3)], [d.cell(g, c("number")), d.cell(g, c("item"), across=3, bold=True)], [h("target", 2), h("methods", 2)], [d.cell(g, c("target"), across=2), d.cell(g, c("methods"), across=2)],
                [h("deadline"), h("divisions"), h("o:kind"), h("achievement")], [d.cell(g, c(k)) for k in ("deadline", "divisions", "o:kind", "achievement")], [h("o:voice"), d.cell(g, c("o:voice"), across=3)]]
        if g["i"] and g["i"] % 2 == 0: d.blocks.append(Break())
        d.blocks += [Table(rows, [9, 13, 11, 13], keep=True), Line("", "small")]

def everyday(d):
    d.words.everyday = True; d.year_from = "head"; d.look.size = 10
    d.write_goals(d.r.randint(7, 12), d.columns("item", "target", "methods", "deadline", "divisions", "achievement", "o:voice")); d.head(d.r.choice(["lines", "glued"]), ("department", "chief")); d.flat()

def no_rules(d):
    """No rules at all; headings in two levels."""
    d.write_goals(d.r.randint(8, 14), d.columns("number", "item", ("plan", "target", "methods", "deadline"), "divisions", ("do", "achievement", "o:next")), 2); d.head("right"); d.flat(rules=False)

def dense(d):
    d.look.paper = "A3 landscape"; d.look.size = 8
    d.write_goals(d.r.randint(14, 24), d.columns("number", "plan_category", "item", "target", "o:weight", "methods", "o:start", "deadline", "divisions", "o:chief", "o:partner", "set:budget:2", "o:mid", "achievement", "o:next", "o:note"), 2)
    d.head("left", ("department", "post", "name", "date")); d.flat()

def struck(d):
    """Struck and rewritten: the old text stands crossed out before the new."""
    d.struck = True
    d.write_goals(d.r.randint(8, 13), d.columns("number", "item", "target", "methods", "deadline", "divisions", "o:issue")); other = Writer(random.Random(d.r.random()), d.fy, d.dept)
    other.subjects = d.writer.subjects[::-1]
    for g, o in zip(d.goals, d.gold_goals):
        if d.r.random() > 0.7: continue
        x = other.goal(2); f = d.r.choice(["target", "methods", "deadline", "divisions"]); old = x[f]["raw"] if f == "deadline" else x[f][0].rstrip("。") + ("。" if f == "target" and not x[f][0].endswith("状態") else "")
        new = g[f]["raw"] if f == "deadline" else "".join(g[f])
        if old in new or new in old: continue
        entry = (d.writer.bullet if f in ("target", "methods") and (len(g[f]) > 1 or d.writer.bullet_one) else "") + old
        g["old"] = {f: [entry]}; o["struck"] = [old]
    d.sep = "\n"; d.head("right"); d.flat()

def with_policy(d):
    """A policy, then its table of goals, in one file."""
    d.look.paper = "A4 landscape"; d.look.size = 10
    d.write_goals(d.r.randint(6, 10), d.columns("number", "item", "methods", "target", "deadline", "divisions")); d.year_from = "title"
    d.head("right"); d.preamble, d.sections = content.policy(d.writer); d.blocks.append(Line("　" + d.preamble[0]))
    if d.r.random() < 0.5: d.blocks.append(Line("記", "p", 30))
    for s in d.sections:
        d.blocks.append(Line(f"{s['label']}　{s['text']}", "p"))
        d.blocks += [Line(f"{k['label']}　{k['text']}", "p", 1) for k in s["children"]]
    d.blocks += [Break(), Line(d.r.choice(["別表　重点目標", "（別紙）目標の一覧", "部の目標一覧"]), "h2")]; d.flat()

def title_in_table(d):
    d.write_goals(d.r.randint(8, 14), d.columns("number", "divisions", "item", "o:kind", "target", "methods", "deadline", "achievement")); d.year_from = d.r.choice(["title", "head"])
    d.flat(before=d.title_rows(*d.head("in_table", ("department", "date"))), repeat=d.r.random() < 0.5)

def circled(d):
    """Head glued in one line, numbers ①, the target after the methods."""
    d.numbers = "circ"
    d.write_goals(d.r.randint(8, 14), d.columns("number", "item", "o:issue", "methods", "target", "o:budget", "deadline", "divisions")); d.head("glued", ("department", "chief", "date")); d.flat()

def coded(d):
    """Numbers 1-(2) or A-1; ditto marks for the division."""
    d.numbers = d.r.choice(["paren", "alpha"]); d.ditto = d.r.choice(["同上", "〃"])
    d.write_goals(d.r.randint(9, 16), d.columns("number", "item", "target", "methods", "divisions", "deadline", "o:partner")); d.head("above", ("department", "chief", "date"))
    for i in range(1, len(d.goals)):
        if d.r.random() < 0.5:
            v = d.goals[i - 1]["divisions"]; d.goals[i]["divisions"] = v; d.gold_goals[i]["divisions"] = v; d.gold_goals[i].setdefault("accept", {})["divisions"] = [[d.ditto], []]
        elif d.goals[i]["divisions"] == d.goals[i - 1]["divisions"]: d.gold_goals[i].setdefault("accept", {})["divisions"] = [[d.ditto], []]
    d.flat()

def checkboxes(d):
    """Choices as check boxes; many cells not yet filled in."""
    d.checks = True; d.writer.ach = "words"; d.blanks = 0.25
    d.write_goals(d.r.randint(8, 14), d.columns("number", "item", "o:kind", "target", "methods", "deadline", "divisions", "achievement", "o:issue")); d.by_field("achievement").width = 15; d.by_field("o:kind").width = 7
    d.year_from = "head"; d.head("left", ("department", "chief")); d.flat()

def review(d):
    """The division first, the number not at all; what was done, and comments at the end."""
    d.writer.ach = d.r.choice(["phrase", "rate"])
    d.write_goals(d.r.randint(7, 12), d.columns("divisions", "item", "target", "methods", ("do", "achievement", "o:issue"), "o:next", "o:review")); d.head("above", ("department", "date", "policy")); d.flat()

def two_storeys(d):
    """Each goal takes two rows, as the heading does."""
    d.write_goals(d.r.randint(8, 12), d.columns("number", "item", "deadline", "divisions", "target", "methods", "o:weight", "achievement"), 2); d.head("right"); c = d.by_field
    h = lambda k, **kw: Cell(c(k).head, head=True, **kw); v = lambda g, k, **kw: d.cell(g, c(k), **kw)
    rows = [[h("number", down=2), h("item", across=2), h("deadline"), h("divisions")], [h("target"), h("methods"), h("o:weight"), h("achievement")]]
    for g in d.goals: rows += [[v(g, "number", down=2), v(g, "item", across=2), v(g, "deadline"), v(g, "divisions")], [v(g, "target"), v(g, "methods"), v(g, "o:weight"), v(g, "achievement")]]
    d.blocks.append(Table(rows, [4, 22, 26, 10, 11], 2))

def by_division(d):
    """The division once for its goals; no year but in the folder or the name of the file."""
    d.year_from = "folder"
    d.write_goals(d.r.randint(9, 15), d.columns("divisions", "number", "item", "target", "methods", "deadline", "o:sdgs")); d.head("left", ("department", "chief")); d.flat(merge="divisions" if d.fmt not in ("tsv", "csv", "dump", "layout") else None)


# form: (builder, formats of split a, formats of split b)
FORMS = {
    "N1": (quarterly, "chrome tsv", "lo-xlsx layout scan"), "N2": (kpi, "lo-docx html scan", "chrome csv"), "N3": (budget, "lo-xlsx html", "chrome tsv"),
    "N4": (vertical_sheet, "chrome dump", "lo-docx html"), "N5": (key_value, "chrome layout docx", "html dump lo-docx scan"), "N6": (bands, "lo-docx csv", "chrome dump"),
    "N7": (transposed, "chrome html", "lo-xlsx tsv lo-docx"), "N8": (cards, "chrome layout scan", "html lo-docx docx"), "N9": (everyday, "chrome dump tsv", "lo-docx layout html"),
    "N10": (no_rules, "chrome layout", "lo-xlsx dump"), "N11": (dense, "lo-xlsx tsv", "chrome xlsx layout"), "N12": (struck, "chrome html", "lo-docx docx"),
    "N13": (with_policy, "chrome html", "lo-docx layout"), "N14": (title_in_table, "lo-xlsx csv", "chrome html xlsx"), "N15": (circled, "chrome layout xlsx", "lo-docx tsv dump"),
    "N16": (coded, "lo-docx tsv", "chrome layout"), "N17": (checkboxes, "chrome csv", "lo-xlsx html"), "N18": (review, "chrome dump", "lo-docx layout"),
    "N19": (two_storeys, "chrome html", "lo-xlsx layout"), "N20": (by_division, "chrome lo-docx", "lo-xlsx html xlsx"),
}
