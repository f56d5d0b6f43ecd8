from content import D, OPEN, KEPT
from words import W
from model import *
Z = str.maketrans("0123456789", "０１２３４５６７８９")
def last(y, m): return f"{y}-{m:02d}-" + ("29" if m == 2 and y % 4 == 0 else "28" if m == 2 else "30" if m in (4, 6, 9, 11) else "31")
class Ctx:
    def __init__(x, rng, split, fmt):
        x.rng, x.s, x.fmt = rng, split, fmt; x.w = W[split]; x.skip = set(); x.paper = "A4L"; x.size = 9; x.font = rng.choice(["IPAexMincho", "IPAexGothic", "Noto Sans CJK JP", "Noto Serif CJK JP"])
        x.y = rng.choice(x.w["fys"]); x.g = 2018 + x.y; x.fy = f"令和{x.y}年度" if rng.random() < .6 else f"令和{str(x.y).translate(Z)}年度"
        x.mark = rng.choice(["・", "・", "○", "●", "◇", "■", "－"]); x.cache = {}; x.zen = rng.random() < .4; x.dst = rng.choice([0, 0, 1, 2]); x.divsep = rng.choice(["、", "\n", "・"])
        x.depts = list(OPEN if split == "o" else KEPT); rng.shuffle(x.depts); x.i = 0; x.fullnum = rng.random() < .3
    def h(x, role):
        if role not in x.cache: x.cache[role] = x.rng.choice(x.w[role])
        return x.cache[role]
    def goals(x, n, dept=None):
        d = dept or x.depts[x.i % 5]; x.i += 1; gs = list(D[d][1]); x.rng.shuffle(gs)
        return d, [dict(g) for g in gs[:n]]
    def deadline(x):
        r = x.rng; m = r.choice([6, 7, 9, 10, 11, 12, 1, 2, 3, 3, 3]); yy = x.g + (m < 4); ry = yy - 2018; z = (lambda s: s.translate(Z)) if x.zen else (lambda s: s)
        k = r.random()
        if k < .16: return ("年度末", "fiscal_year_end", f"{x.g+1}-03-31")
        if k < .24: return (r.choice(["通年", "随時"]), "ongoing", None)
        if k < .28: return ("年内", "year_end", f"{x.g}-12-31")
        if x.dst == 0: return (z(f"{m}月") + r.choice(["", "", "末"]), "month", last(yy, m))
        if x.dst == 1: return r.choice([(z(f"令和{ry}年{m}月"), "month", last(yy, m)), (z(f"{m}月{r.choice([1,15,20])}日"), "date", None)])
        return r.choice([(z(f"R{ry}.{m}"), "month", last(yy, m)), (f"{yy}年{m}月", "month", last(yy, m)), (z(f"令和{ry}年{m}月10日"), "date", f"{yy}-{m:02d}-10")])
    def fill(x, gs, marks=False):
        r = x.rng
        for n, g in enumerate(gs, 1):
            g["n"] = n; raw, kind, until = x.deadline()
            if kind == "date" and until is None:
                import unicodedata; mm, dd = re.match(r"(\d+)月(\d+)日", unicodedata.normalize("NFKC", raw)).groups(); until = f"{x.g + (int(mm) < 4)}-{int(mm):02d}-{int(dd):02d}"
            g["dl"] = dict(raw=raw, kind=kind, until=until); g["ach"] = r.choice(x.w["marks"]); g["person"] = r.choice(["飯塚係長", "丸尾主幹", "志村課長補佐", "小菅課長", "荒巻主査"])
            m = [re.sub(r"[。]$", "", t) for t in g["methods"]]
            g["q"] = [r.choice(["関係者と調整", "現状の調査", "要綱案の作成", "仕様書の作成"]), r.choice(["契約・着手", "試行", "説明会（2回）", "補正予算の要求"]), r.choice(["中間の点検", "本格実施", "意見公募"]), r.choice(["効果の検証", "完了・公表", "次年度の準備", ""])]
            g["note"] = r.choice(["", "", "国庫補助 1/2", "前年度からの継続", "債務負担行為"]); g["result"] = r.choice(["計画した取組をおおむね終えた", "一部を翌年度に繰り延べた", "予定より早く終えた", "目標の数値に届かなかった"])
            g["next"] = r.choice(["対象を広げる", "人員の確保が要る", "継続して取り組む", "費用の圧縮"])
        return gs
    def bl(x, ts, mark=None): return ts if len(ts) == 1 else [(mark or x.mark) + t for t in ts]
    def divs(x, g): return "".join(g["div"]) if len(g["div"]) == 1 else (list(g["div"]) if x.divsep == "\n" else x.divsep.join(g["div"]))
    def num(x, n): return str(n).translate(Z) if x.fullnum else str(n)
    def text(x, g, role):
        """lines of a cell, by role; `q0`…, `k0`…"""
        if role == "number": return x.num(g["n"])
        if role in ("target", "methods"): return x.bl(g[role])
        if role == "deadline": return g["dl"]["raw"]
        if role == "div": return x.divs(g)
        if role[0] == "q" and role[1:].isdigit(): return g["q"][int(role[1])]
        if role[0] == "k" and role[1:].isdigit(): return g["kpi"][int(role[1])]
        if role == "blank": return ""
        return g[role]
    def gold(x, g, roles, heads, band=None):
        f = lambda r, v: v if r in roles else None
        o = dict(number=g["n"] if "number" in roles else None, page=None, item=f("item", g["item"]), plan_category=f("cat", g["cat"]), target=f("target", g["target"]), methods=f("methods", g["methods"]), deadline=f("deadline", g["dl"]), divisions=f("div", g["div"]),
                 achievement=f("ach", dict(raw=g["ach"], rate=None)), other=[dict(heading=hd, text=[t] if t else []) for r, hd in zip(roles, heads) if r not in ("number", "item", "cat", "target", "methods", "deadline", "div", "ach") for t in [x.text(g, r)]])
        if band: o["band"] = band
        return o
    def title(x, d): return x.rng.choice(x.w["title"]).format(fy=x.fy, d=d)
    def head(x, d, style=None, width=None):
        """blocks and the gold's head"""
        post, name = D[d][0]; t = x.title(d); iso = f"{x.g}-04-{x.rng.choice(['01','10','18'])}"; dd = int(iso[-2:]); date = f"令和{x.y}年4月{dd}日"
        if x.zen: date = date.translate(Z)
        style = x.rng.choice([0, 0, 1, 1, 2, 3]) if style is None else style
        gold = dict(title=t, fiscal_year=dict(gregorian=x.g), dates=dict(issued=[dict(iso=iso)]), department=None if d == "消防本部" else d)
        b = [Para(t, "center", 14, True)]
        if style == 0: b += [Para(date, "right"), Para(f"{post}　{name}", "right")]; gold["authors"] = [dict(post=post, name=name)]
        elif style == 1:
            b.append(Table([[C(x.h("date"), h=True), C(date), C(x.h("post"), h=True), C(post), C(x.h("name"), h=True), C(name)]], [12, 20, 10, 22, 14, 22])); gold["authors"] = [dict(post=post, name=name)]
        elif style == 2:
            b.append(Para(f"{x.h('dept')}：{d}　　　　{x.h('date')}：{date}")); 
        else: b += [Para(f"（{date}現在）", "right"), Para(f"{x.h('dept')}　{d}")]
        return b, gold
def cols(x, spec):
    """spec: [(role or (group heading, [roles]), width)] → roles, headings (outer, inner), widths"""
    roles, heads, widths = [], [], []
    for s, w in spec:
        if isinstance(s, tuple):
            for r, hd in s[1]: roles.append(r); heads.append((s[0], hd)); widths.append(w)
        else: roles.append(s); heads.append(("", x.h(s))); widths.append(w)
    return roles, heads, widths
def wrap(x, t):
    if len(t) < 5 or x.rng.random() < .6 or "（" in t[:2]: return t
    i = t.find("（"); i = i if i > 1 else len(t) // 2
    return [t[:i], t[i:]]
def header(x, heads, wrapped=True):
    w = (lambda t: wrap(x, t)) if wrapped else (lambda t: t)
    if not any(o for o, _ in heads): return [[C(w(i), h=True, al="center") for _, i in heads]]
    a, b, j = [], [], 0
    while j < len(heads):
        o, i = heads[j]
        if not o: a.append(C(w(i), rs=2, h=True, al="center")); j += 1; continue
        n = 1
        while j + n < len(heads) and heads[j + n][0] == o: n += 1
        a.append(C(o, cs=n, h=True, al="center")); b += [C(w(i2), h=True, al="center") for _, i2 in heads[j:j + n]]; j += n
    return [a, b]
def flat(heads): return [(o + " " + i).strip() for o, i in heads]
def al(r): return "center" if r in ("number", "deadline", "ach") else "right" if r in ("budget", "k1", "k2") else "left"
def plain(x, spec, n, rules="full", style=None, bands=False, total=False, notes=0, wrapped=True):
    d, gs = x.goals(n); x.fill(gs); b, gold = x.head(d, style); roles, heads, widths = cols(x, spec); rows = header(x, heads, wrapped); k = len(rows); G = []; fh = flat(heads)
    bs = list(x.w["band"]); cut = max(2, (n + 2) // 3)
    for i, g in enumerate(gs):
        band = None
        if bands:
            band = bs[min(i // cut, 2)]
            if i % cut == 0 and i // cut < 3: rows.append([C(band, cs=len(roles))])
        rows.append([C(x.text(g, r), al=al(r)) for r in roles]); G.append(x.gold(g, roles, fh, band))
    if total:
        j = roles.index("budget"); s = sum(int(g["budget"].replace(",", "")) for g in gs)
        rows.append([C(x.h("total"), cs=j, al="center"), C(f"{s:,}", al="right")] + [C("") for _ in roles[j + 1:]])
    if notes == 1: rows.append([C(x.w["notes"], cs=len(roles))])
    b.append(Table(rows, widths, rules, k))
    if notes == 2: b += [Para(t, size=8) for t in x.w["notes"]]
    gold["goals"] = G; return b, [gold]
def kq(x, role): 
    g, hs = x.h(role); return (g, [(f"{role[0]}{i}", h) for i, h in enumerate(hs)])
def f01(x): return plain(x, [("number", 4), ("item", 16), ("target", 24), (kq(x, "q"), 11), ("deadline", 8), ("div", 10)], 7)
def f02(x): return plain(x, [("number", 4), ("item", 14), ("target", 18), ("methods", 30), (kq(x, "kpi"), 10), ("div", 9)], 6)
def f03(x): return plain(x, [("number", 4), ("item", 18), ("methods", 38), ("budget", 9), ("deadline", 8), ("div", 10), ("note", 10)], 8, total=True)
def f07(x): return plain(x, [("number", 4), ("item", 16), ("target", 22), ("methods", 32), ("deadline", 8), ("div", 9)], 8, bands=True)
def f10(x):
    e = x.w["everyday"]; x.cache.update({k: x.rng.choice(v) for k, v in e.items()}); x.cache["number"] = x.rng.choice(["", "番"]) if x.s == "o" else ""
    return plain(x, [("number", 3), ("item", 17), ("target", 24), ("methods", 34), ("deadline", 8), ("div", 10)], 7)
def f11(x):
    g1, g2 = x.h("group")
    return plain(x, [("number", 5), ((g1, [("item", x.h("item")), ("target", x.h("target"))]), 24), ((g2, [("methods", x.h("methods")), ("deadline", x.h("deadline"))]), 20), ("div", 10)], 6, rules="none", style=0, wrapped=False)
def f12(x): return plain(x, [("number", 5), ("item", 18), ("target", 24), ("methods", 32), ("deadline", 9), ("div", 11)], 7, rules="horizontal")
def f13(x):
    x.paper, x.size = "A3L", 7.5
    return plain(x, [("number", 3), ("cat", 9), ("item", 13), ("target", 20), ("methods", 28), (kq(x, "kpi"), 8), (kq(x, "q"), 9), ("budget", 8), ("deadline", 7), ("div", 8), ("person", 7), ("ach", 5), ("result", 12), ("next", 9)], 8)
def f17(x): return plain(x, [("number", 4), ("item", 15), ("target", 20), ("methods", 28), ("div", 9), ("ach", 6), ("result", 14), ("next", 10)], 7, notes=x.rng.choice([1, 2]))
def f19(x): return plain(x, [("item", 16), ("cat", 10), ("target", 22), ("methods", 30), ("deadline", 8), ("div", 9), ("blank", 8)], 8) if x.cache.setdefault("blank", x.h("result")) else None
def sheet(x, g, layout, width=100):
    """a one-goal sheet as one table; rows of labels and values"""
    H = x.h; L = lambda r, **k: C(H(r), h=True, **k); V = lambda r, **k: C(x.text(g, r), **k)
    if layout == "left": return Table([[L("number"), V("number"), L("div"), V("div"), L("deadline"), V("deadline")], [L("item"), V("item", cs=5)], [L("cat"), V("cat", cs=3), L("ach"), V("ach")], [L("target"), V("target", cs=5)], [L("methods"), V("methods", cs=5)], [L("budget"), V("budget", cs=2), L("person"), V("person", cs=2)]], [14, 18, 14, 20, 14, 20])
    if layout == "above": return Table([[L("number"), L("item", cs=2), L("div"), L("deadline")], [V("number"), V("item", cs=2), V("div"), V("deadline")], [L("target", cs=3), L("cat"), L("person")], [V("target", cs=3), V("cat"), V("person")], [L("methods", cs=5)], [V("methods", cs=5)]], [12, 30, 18, 20, 20])
    if layout == "vertical": return Table([[L("item", v=True, al="center"), V("item"), L("div"), V("div")], [L("target", v=True, al="center"), V("target", cs=3)], [L("methods", v=True, al="center"), V("methods", cs=3)], [L("deadline"), V("deadline"), L("ach"), V("ach")]], [10, 46, 16, 28])
    glue = lambda r: C([f"{H(r)}：{x.text(g, r) if isinstance(x.text(g, r), str) else '、'.join(x.text(g, r))}"])
    def long(r):
        t = x.text(g, r); t = [t] if isinstance(t, str) else t; t = t if len(t) > 1 else t
        return C([f"【{H(r)}】"] + t, cs=2)
    return Table([[glue("number"), glue("div")], [C(glue("item").lines, cs=2)], [long("target")], [long("methods")], [glue("deadline"), glue("budget")]], [60, 40])
ROLES = dict(left=["number", "div", "deadline", "item", "cat", "ach", "target", "methods", "budget", "person"], above=["number", "item", "div", "deadline", "target", "cat", "person", "methods"], vertical=["item", "div", "target", "methods", "deadline", "ach"], glued=["number", "div", "item", "target", "methods", "deadline", "budget"])
def sheets(x, layout, n=4, per=2):
    x.paper = "A4P"; d, gs = x.goals(n); x.fill(gs); b, gold = x.head(d, x.rng.choice([0, 2, 3])); roles = ROLES[layout]; G = []
    for i, g in enumerate(gs):
        if i and i % per == 0: b.append(Break())
        elif i: b.append(Para(""))
        if layout == "vertical": b.append(Para(f"{x.w['goalword']}{x.num(g['n'])}", b=True))
        b.append(sheet(x, g, layout)); o = x.gold(g, roles, [x.h(r) for r in roles])
        if layout == "vertical": o["number"] = None; o["number_open"] = True; o["accept"] = {"number": [g["n"]]}
        G.append(o)
    gold["goals"] = G; return b, [gold]
def f04(x): return sheets(x, "left", 4, 1)
def f05(x): return sheets(x, x.rng.choice(["above", "glued"]))
def f06(x): return sheets(x, "vertical")
def f08(x):
    x.paper = "A4L"; d, gs = x.goals(6); x.fill(gs); b, gold = x.head(d); roles = ["number", "item", "cat", "target", "methods", "deadline", "div", "budget"]; G = []
    for i in range(0, 6, 3):
        if i: b.append(Break())
        part = gs[i:i + 3]; b.append(Table([[C(x.h(r), h=True)] + [C(x.text(g, r), al="center" if r == "number" else "left") for g in part] for r in roles], [14, 28, 28, 28], "full", 0))
    gold["goals"] = [x.gold(g, roles, [x.h(r) for r in roles]) for g in gs]; return b, [gold]
def f09(x):
    """two cards side by side"""
    x.paper = "A4L"; d, gs = x.goals(4); x.fill(gs); b, gold = x.head(d, x.rng.choice([0, 3])); rs = ["number", "item", "target", "methods", "deadline", "div"]; rows = []
    for i in (0, 2):
        p, q = gs[i], gs[i + 1]
        if i: rows.append([C("", cs=5)])
        for j, r in enumerate(rs): rows.append([C(x.h(r), h=True), C(x.text(p, r))] + ([C("", rs=len(rs))] if j == 0 else []) + [C(x.h(r), h=True), C(x.text(q, r))])
    b.append(Table(rows, [12, 36, 3, 12, 36])); gold["goals"] = [x.gold(g, rs, [x.h(r) for r in rs]) for g in gs]; return b, [gold]
POL = {"o": ("市長の施政方針を受け、部として次のとおり取り組む。", [("1", "市民に近い行政の推進", ["窓口での待ち時間を短くし、手続を分かりやすく案内すること。", "地域の会合に職員が出向き、課題を聞き取ること。"]), ("2", "組織の力を高める取組", ["係を越えて応援し合い、時間外勤務を1割減らすこと。", "失敗の事例を責めずに共有し、同じ誤りを防ぐこと。", "若手の提案を月1回取り上げること。"])]),
       "k": ("本年度の経営方針に沿って、次の事項を重んじて業務に当たる。", [("1", "健全な財政の維持", ["新しい事業を始めるときは、効果の薄れた事業を見直すこと。", "補助金の情報を集め、財源を確保すること。"]), ("2", "安心して働ける職場", ["年次休暇を12日以上取れるよう仕事を分け合うこと。", "ハラスメントの相談先を周知すること。"])])}
def f14(x):
    x.paper = "A4L"; b2, gold = plain(x, [("number", 4), ("item", 16), ("target", 24), ("methods", 34), ("deadline", 8), ("div", 10)], 5, style=0); gold = gold[0]; pre, secs = POL[x.s]; b = b2[:-1] + [Para(pre)]; S = []
    for lab, t, cs in secs:
        b.append(Para(f"{lab}　{t}", b=True)); b += [Para(f"({i})　{c}") for i, c in enumerate(cs, 1)]; S.append(dict(label=lab, text=t, body=[], children=[dict(label=f"({i})", text=c, body=[], children=[]) for i, c in enumerate(cs, 1)]))
    if x.rng.random() < .5: b.append(Break())
    b.append(b2[-1]); gold["sections"] = S; gold["preamble"] = [pre]; return b, [gold]
def f15(x):
    t = x.rng.choice(x.w["title"]); x.w = dict(x.w, title=[t]); b, gs = [], []; spec = [("number", 4), ("item", 16), ("target", 24), ("methods", 34), ("deadline", 8), ("div", 10)]; st = x.rng.choice([0, 1, 2])
    for i in range(3):
        if i: b.append(Break())
        c, g = plain(x, spec, 4, style=st, wrapped=False); b += c; gs += g
    return b, gs
def f16(x):
    d, gs = x.goals(6); x.fill(gs); b, gold = x.head(d); roles = ["number", "item", "target", "methods", "when", "div"]; rows = [[C(x.h(r), h=True, al="center") for r in roles]]; G = []
    for g in gs:
        n = len(g["methods"]); ms = sorted(x.rng.sample([5, 6, 7, 8, 9, 10, 11, 12], n)); lab = [f"{m}月" + ("～" if x.rng.random() < .3 else "") for m in ms]
        for i, m in enumerate(g["methods"]):
            mid = [C(m), C(lab[i], al="center")]
            rows.append([C(x.num(g["n"]), rs=n, al="center"), C(g["item"], rs=n), C(x.bl(g["target"]), rs=n)] + mid + [C(x.divs(g), rs=n)] if i == 0 else mid)
        o = x.gold(g, [r for r in roles if r != "when"], [x.h(r) for r in roles if r != "when"]); o["seen"] = lab; o["skip"] = ["deadline"]; G.append(o)
    b.append(Table(rows, [4, 16, 24, 36, 8, 10], "full", 1)); gold["goals"] = G; return b, [gold]
def f18(x):
    b, gold = plain(x, [("number", 4), ("item", 16), ("target", 24), ("methods", 34), ("deadline", 8), ("div", 10)], 6); rows = b[-1].rows; k = b[-1].head
    for i, o in enumerate(gold[0]["goals"]):
        row = rows[k + i]; c = x.rng.random()
        if c < .35: old = x.rng.choice(["方針案を検討している。", "前年度の水準を保っている。", "関係者の合意が得られている。"]); row[2].lines = [[(old, True)]] + row[2].lines; o["struck"] = [old]
        elif c < .6: old = x.rng.choice(["８月", "5月", "令和7年8月"]); row[4].lines = [[(old, True)]] + row[4].lines; o["struck"] = [old]
        elif c < .8:
            old = x.rng.choice(["広報紙で広く募る。", "検討会を3回開く。"]); row[3].lines = [[(x.mark + old, True)]] + row[3].lines; o["struck"] = [old]
    return b, gold
def f20(x):
    d, gs = x.goals(8); x.fill(gs); gs.sort(key=lambda g: g["div"][0])
    for i, g in enumerate(gs, 1): g["n"] = i; g["div"] = g["div"][:1]
    b, gold = x.head(d); g2 = x.h("group")[1]; roles = ["div", "number", "item", "target", "methods", "deadline"]; heads = [("", x.h("div")), ("", x.h("number")), ("", x.h("item")), ("", x.h("target")), (g2, x.h("methods")), (g2, x.h("deadline"))]; rows = header(x, heads); k = len(rows); i = 0
    while i < len(gs):
        n = sum(g["div"] == gs[i]["div"] for g in gs)
        for j in range(n): g = gs[i + j]; rows.append(([C(g["div"][0], rs=n)] if j == 0 else []) + [C(x.text(g, r), al=al(r)) for r in roles[1:]])
        i += n
    b.append(Table(rows, [9, 5, 16, 24, 34, 8], "full", k)); gold["goals"] = [x.gold(g, roles, flat(heads)) for g in gs]; seen = set()
    for o in gold["goals"]:  # a merged cell leaves no trace in csv and tsv: blank is right there too
        d1 = tuple(o["divisions"]); o["skip"] = ["divisions"] if x.fmt in ("csv", "csv932", "tsv") and d1 in seen else []; seen.add(d1)
    return b, [gold]
FORMS = {1: ("quarters", f01), 2: ("kpi", f02), 3: ("budget+total", f03), 4: ("sheet left", f04), 5: ("sheet above/glued", f05), 6: ("vertical labels", f06), 7: ("bands", f07), 8: ("transposed", f08), 9: ("two cards abreast", f09), 10: ("everyday words", f10), 11: ("no rules grouped", f11), 12: ("horizontal rules", f12), 13: ("A3 dense", f13), 14: ("policy+table", f14), 15: ("departments in a row", f15), 16: ("sub-rows", f16), 17: ("marks+notes", f17), 18: ("struck", f18), 19: ("no number, blank column", f19), 20: ("merged division", f20)}
