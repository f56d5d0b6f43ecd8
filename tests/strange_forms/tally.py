#!/usr/bin/env python3
"""usage: tally.py DIR OUT [DIR OUT …] [--split o|k] [-v] [--only STEM…] [--tsv: the sums alone]    per source format, form and split: fields right/total (score_forms), silent/said wrong, empty, missing, extra
(silent.py's differences), `other` columns, bands, and number of findings. Several parts of one file are paired with NAME.2.json …"""
import sys, os, json, glob, collections, importlib.util, unicodedata, re
sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__)); SHARED = os.environ.get("SHARED_TOOLS", os.path.join(HERE, "../../../shared/tools"))
def load(n, p): s = importlib.util.spec_from_file_location(n, p); m = importlib.util.module_from_spec(s); s.loader.exec_module(m); return m
F = load("sf", os.path.join(SHARED, "score_forms.py")); F.S = load("sc", os.path.join(SHARED, "score.py")); Q = load("si", os.path.join(HERE, "../forms/silent.py"))
fold = lambda t: re.sub(r"\s", "", unicodedata.normalize("NFKC", t or ""))
def part(p): m = re.search(r"\.(\d+)\.json$", p); return int(m.group(1)) if m else 1
def said(doc, ptr): return any(f.get("pointer") and (f["pointer"] == ptr or f["pointer"].startswith(ptr + "/") or ptr.startswith(f["pointer"] + "/")) for f in doc["findings"])
def codes(doc): return collections.Counter(f["code"] for f in doc["findings"])
def pairs(gold, out):
    import difflib; left = dict(enumerate(out.get("goals") or []))
    for g in gold["goals"]:
        like = {i: difflib.SequenceMatcher(None, Q.whole(g), Q.whole(o), autojunk=False).ratio() for i, o in left.items()}; b = max(like, key=lambda i: (like[i], -i), default=None)
        if b is None or like[b] < Q.ALIKE: yield g, None, None
        else: yield g, b, left.pop(b)
def judge(gold, out, c, log):
    if out.get("kind") != "goal_table":
        c["nokind"] += 1; c["nk goals"] += len(gold["goals"]); c["nk silent"] += not any(f["code"].startswith(("M011", "M010", "X")) for f in out["findings"]); log("kind", "", "goal_table", out.get("kind"), bool(out.get("findings"))); return
    skip = {}
    for g in gold["goals"]: skip[g["item"] and fold(g["item"])] = set(g.get("skip", [])) | ({"number"} if g.get("number_open") else set())
    gp = list(pairs(gold, out)); sk = {b: skip[fold(g["item"])] for g, b, _ in gp if b is not None}
    for kind, ptr, want, got in Q.differences(gold, out):
        p = ptr.split("/")
        if len(p) == 2 and p[1] == "department" and gold.get("department") is None: continue
        if len(p) == 4 and p[3] in sk.get(int(p[2]), ()): continue
        s = said(out, ptr) if kind != "missing" else any(f.get("pointer") in ("", "/goals") for f in out["findings"]); c[f"{kind} {'said' if s else 'silent'}"] += 1; log(kind, ptr, want, got, s)
    for g, b, o in gp:
        if o is None: continue
        every = fold(json.dumps(o, ensure_ascii=False)); have = collections.Counter((F.S.norm(h), t) for h, t in F.others(o))
        for e in g.get("other") or []:
            t = F.S.norm("".join(e["text"])); h = F.S.norm(e["heading"])
            if not t: continue
            c["other"] += 1
            if have[h, t]: have[h, t] -= 1; c["other right"] += 1; continue
            near = [x for x in have if x[1] == t]; where = "heading" if near else "elsewhere" if fold(json.dumps(t, ensure_ascii=False))[1:-1] in every else "lost"
            s = said(out, f"/goals/{b}/other") ; c[f"other {where} {'said' if s else 'silent'}"] += 1; log(f"other {where}", f"/goals/{b}/other", f"{h}={t}", near[:1] or [x for x in have if x[0] == h][:1], s)
        for t in g.get("seen") or []:
            c["sub"] += 1; c["sub seen"] += fold(t) in every
        if g.get("band"):
            c["band"] += 1; ok = fold(o.get("band") or "") == fold(g["band"]); c["band right"] += ok
            if not ok: s = said(out, f"/goals/{b}/band"); c["band " + ("said" if s else "silent")] += 1; log("band", f"/goals/{b}/band", g["band"], o.get("band"), s)
        for t in g.get("struck") or []:
            bad = any(fold(t) in Q.text(o, f) for f in ("target", "methods", "deadline"))
            if bad: log("struck kept", f"/goals/{b}", t, "", said(out, f"/goals/{b}"))
            c["struck"] += 1; c["struck kept"] += bad
def main(a):
    opt = lambda n: (a.pop(a.index(n) + 1), a.remove(n))[0] if n in a else ""
    split = opt("--split"); only = opt("--only").split(",") if "--only" in a else []; v = "-v" in a; tsv = "--tsv" in a; a = [i for i in a if i not in ("-v", "--tsv")]
    T = collections.defaultdict(collections.Counter); R = collections.defaultdict(lambda: [0, 0])
    for d, od, l in [(d, od, l) for d, od in zip(a[::2], a[1::2]) for l in open(os.path.join(d, "MANIFEST.tsv")).read().split("\n")[1:]]:
        if not l: continue
        p = l.split("\t"); name = p[0]; stem = os.path.splitext(name)[0]
        if (split and name[0] != split) or (only and not any(stem.startswith(o) for o in only)): continue
        gs = [json.load(open(q)) for q in sorted(glob.glob(os.path.join(d, "gold", stem + ".json")) + glob.glob(os.path.join(d, "gold", stem + ".[0-9].json")), key=part)]
        outs = [json.load(open(q)) for q in sorted([q for q in glob.glob(os.path.join(od, "documents", glob.escape(name) + "*.json"))], key=part)]
        keys = [(name[0], "form " + p[2][1:].zfill(2) + " " + p[9]), (name[0], "fmt " + p[4]), (name[0], "ALL")]; c = collections.Counter(docs=1)
        log = lambda k, ptr, w, g, s: v and print(f"{os.path.basename(d)}/{stem} {'said  ' if s else 'SILENT'} {k} {ptr}: want {str(w)[:90]!r} got {str(g)[:90]!r}")
        if not outs: c["no output"] += 1; log("no output", "", "", "", False)
        if outs and len(outs) != len(gs):
            c["split wrong"] += 1; log("parts", "", len(gs), len(outs), False)
            first = len(gs[0]["goals"]); o0 = outs[0]
            if len(gs) > 1:
                late = [fold(g["item"]) for g2 in gs[1:] for g in g2["goals"]]
                for i, g in enumerate(o0.get("goals") or []):
                    if Q.text(g, "item") in late: k = any(f["code"] == "M020" and f.get("pointer") == f"/goals/{i}" for f in o0["findings"]); c["dept said" if k else "dept silent"] += 1
            gs = [dict(gs[0], goals=sum((g["goals"] for g in gs), []))]; o = dict(outs[0]); fs = list(o["findings"]); base = len(o.get("goals") or []); goals = list(o.get("goals") or [])
            for q in outs[1:]: goals += q.get("goals") or []
            outs = [dict(o, goals=goals)]
        r = [0, 0]
        for g, o in zip(gs, outs or [{}] * len(gs)):
            g2 = dict(g, goals=[dict(x, **{f: None for f in x.get("skip", [])}, number=x["number"]) for x in g["goals"]])
            if g2.get("department") is None: g2.pop("department", None)
            t, sec, _ = F.score(g2, o or {"kind": None}); r[0] += sum(t.right.values()); r[1] += sum(t.total.values())
            if sec.total: c["sec"] += sum(sec.total.values()); c["sec right"] += sum(sec.right.values())
            if o: judge(g, o, c, log); c["findings"] += len(o["findings"])
        for k in keys: T[k].update(c); R[k][0] += r[0]; R[k][1] += r[1]
    if not tsv: print(f"{'':34} docs fields-right/total   rate | wrong sil/said | empty sil/said | missing | extra | other right/all heading elsewh lost(sil) | band | findings nokind split")
    for k in () if tsv else sorted(T, key=lambda k: (k[0] == "k", k[1] == "ALL", k[1])):
        c, (a1, b1) = T[k], R[k]; z = lambda n: f"{c[n+' silent']}/{c[n+' said']}"
        print(f"{k[0]} {k[1]:32} {c['docs']:3} {a1:5}/{b1:<5} {a1/max(b1,1):.4f} | {z('wrong'):>8} | {z('empty'):>8} | {z('missing'):>6} | {z('extra'):>6} | {c['other right']}/{c['other']} {z('other heading')} {z('other elsewhere')} {z('other lost')} | {c['band right']}/{c['band']}" + (f" | struck kept {c['struck kept']}/{c['struck']}" if c["struck"] else "") + (f" | sec {c['sec right']}/{c['sec']}" if c["sec"] else "") + (f" | sub seen {c['sub seen']}/{c['sub']}" if c["sub"] else "") + (f" | goals under another department {c['dept silent']}/{c['dept said']}" if c["dept silent"] + c["dept said"] else "") + f" | f {c['findings']} nk {c['nokind']} ({c['nk goals']} goals) sp {c['split wrong']} no {c['no output']}")
    if tsv:
        for k in sorted(T):
            if k[1] != "ALL": continue
            c, (a1, b1) = T[k], R[k]
            silent = c["dept silent"] + sum(c[n + " silent"] for n in ("wrong", "empty", "missing", "extra"))
            for name, n in (("fields", b1), ("right", a1), ("other columns", c["other"]), ("other columns right", c["other right"]), ("wrong, nothing points there", silent), ("wrongly no goal table", c["nokind"])): print(k[0], name, n, sep="\t")
main(sys.argv[1:])
