#!/usr/bin/env python3
"""Scores an output folder against the made forms: the shared scorer's lines, then where each column went.

usage: measure.py FORMS_DIR OUTPUT_DIR [--split a|b] [--form N3] [--unread] [--columns] [-v] [--strict]
       (FORMS_DIR as made by make.py; --unread also counts the formats marked "not read yet"; --columns lists each column that
        went astray; $SCORE_FORMS: the scorer's path)

Columns: for each gold column of a converted document, the output slot that holds most of its texts (a field, or `other`):
right · other (kept, not mapped) · wrong (another field; "silent" if no finding of a goal points at that field) · nowhere."""
import collections, importlib.util, json, os, shutil, subprocess, sys, tempfile
sys.dont_write_bytecode = True
FIELDS = ("item", "plan_category", "target", "methods", "deadline", "divisions", "achievement")


def texts(goal, field):
    v = goal.get(field)
    return "".join(v) if isinstance(v, list) else (v or {}).get("raw") or "" if isinstance(v, dict) else v or ""


def slots(S, goals):
    """{field or ("other", heading): Counter of texts}"""
    out = collections.defaultdict(collections.Counter)
    for g in goals:
        for f in FIELDS: out[f][S.norm(texts(g, f))] += 1
        for o in g.get("other") or []: out["other", S.norm(o["heading"])][S.norm("".join(o["text"]))] += 1
    for c in out.values(): c.pop("", None)
    return out


def columns(S, gold, out):
    """(heading, field, verdict, slot) of each column of a document"""
    want, got = slots(S, gold["goals"]), slots(S, out.get("goals") or []); doubted = {(f.get("pointer") or "").split("/")[3] for f in out.get("findings") or [] if (f.get("pointer") or "").startswith("/goals/") and (f.get("pointer") or "").count("/") >= 3}
    for c in gold["columns"]:
        right = c["field"] or ("other", S.norm(c["heading"]))
        if right == "number" or not want[right]: continue
        share = {s: sum((want[right] & t).values()) / sum(want[right].values()) for s, t in got.items()}
        best = max(share, key=lambda s: (share[s], s == right), default=None)
        if best is None or share[best] < 0.3: yield c, "nowhere", ""
        elif best == right: yield c, "right", ""
        elif isinstance(best, tuple): yield c, "other", best[1]
        else: yield c, "wrong" if best in doubted else "wrong, silent", best


def main(argv):
    opt = lambda n: (argv.pop(argv.index(n) + 1), argv.remove(n))[0] if n in argv else ""
    split, form = opt("--split"), opt("--form"); unread = "--unread" in argv
    args = [a for a in argv if not a.startswith("-")]; flags = [a for a in argv if a in ("-v", "--strict")]
    if len(args) != 2: sys.exit(__doc__)
    made, out = args; scorer = os.environ.get("SCORE_FORMS", "/work/shared/tools/score_forms.py"); man = os.path.join(made, "MANIFEST.tsv")
    spec = importlib.util.spec_from_file_location("score", os.path.join(os.path.dirname(scorer), "score.py")); S = importlib.util.module_from_spec(spec); spec.loader.exec_module(S)
    outs = {os.path.splitext(os.path.basename(d["source"]["path"]))[0]: d for d in S.documents(out)}; tally = collections.Counter(); by = collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as tmp:
        for l in open(man, encoding="utf-8").read().split("\n")[1:]:
            if not l: continue
            p = l.split("\t"); stem = os.path.splitext(p[0])[0]
            if (split and stem[0] != split) or (form and p[2] != form) or ("not read yet" in p[9] and not unread): continue
            shutil.copy(os.path.join(made, "gold", stem + ".json"), tmp); gold = json.load(open(os.path.join(tmp, stem + ".json"), encoding="utf-8"))
            for c, verdict, slot in columns(S, gold, outs.get(stem, {})):
                tally[verdict] += 1; by[c["field"] or "(other)"][verdict] += 1
                if "--columns" in argv and verdict != "right": print(f"{stem}: {c['heading']} ({c['field'] or 'other'}): {verdict} {slot}")
        code = subprocess.run([sys.executable, scorer, tmp, out, "--manifest", man] + flags).returncode
    print()
    for k, c in sorted(by.items()) + [("ALL COLUMNS", tally)]: print(f"{k}: " + ", ".join(f"{v} {c[v]}" for v in ("right", "other", "wrong", "wrong, silent", "nowhere") if c[v]) + f" of {sum(c.values())}")
    return code


if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
