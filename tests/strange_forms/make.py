#!/usr/bin/env python3
"""usage: make.py OUT SEED [--formats a,b,…] [--forms 1,2,…] [--splits o,k] [--per 3]
formats: html tsv csv csv932 docx xlsx pdfc pdfd pdfx lay layd plain scan. Writes OUT/docs, OUT/gold (parts: NAME.json, NAME.2.json), OUT/MANIFEST.tsv."""
import sys, os, json, random, subprocess, shutil
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import write as R
from forms import FORMS, Ctx
ALL = "html tsv csv csv932 docx xlsx pdfc pdfd pdfx lay layd plain".split()
EXT = dict(html="html", tsv="tsv", csv="csv", csv932="csv", docx="docx", xlsx="xlsx", pdfc="pdf", pdfd="pdf", pdfx="pdf", lay="txt", layd="txt", plain="txt", scan="pdf")
SCAN = (1, 4, 12, 17)
NOT = {18: ("tsv", "csv", "csv932", "lay", "layd", "plain", "scan"), 14: ("csv", "csv932", "tsv")}
def main(a):
    opt = lambda n, d: (a.pop(a.index(n) + 1), a.remove(n))[0] if n in a else d
    fs, forms, splits, per = opt("--formats", ""), opt("--forms", ""), opt("--splits", "o,k").split(","), int(opt("--per", "3")); out, seed = a[0], int(a[1])
    docs, gd, tmp = (os.path.join(out, d) for d in ("docs", "gold", "tmp")); [os.makedirs(d, exist_ok=True) for d in (docs, gd, tmp)]
    chrom, lo, post, man = [], [], [], []
    for n in [int(i) for i in forms.split(",")] if forms else FORMS:
        for s in splits:
            r0 = random.Random(f"{seed}-{n}-formats"); ok = [f for f in ALL if f not in NOT.get(n, ())]; pick = fs.split(",") if fs else r0.sample(ok, min(per, len(ok))) + (["scan"] if n in SCAN else [])
            if not fs and s == "k": pick = r0.sample(ok, min(per, len(ok))) + (["scan"] if n in SCAN else [])
            for f in pick:
                rng = random.Random(f"{seed}-{n}-{s}-{f}"); x = Ctx(rng, s, f); x.repeat, x.th, x.shade, x.avoid, x.foot = rng.random() < .7, rng.random() < .5, rng.random() < .5, rng.random() < .7, rng.random() < .5
                blocks, golds = FORMS[n][1](x); stem = f"{s}{n:02d}-{f}"; name = f"{stem}.{EXT[f]}"; p = os.path.join(docs, name); t = os.path.join(tmp, stem)
                for i, g in enumerate(golds, 1):
                    if len(golds) > 1: g["part"] = [i, len(golds)]
                    json.dump(dict(source=name, kind="goal_table", **g), open(os.path.join(gd, stem + (f".{i}" if i > 1 else "") + ".json"), "w"), ensure_ascii=False, indent=1)
                if f == "html": open(p, "w").write(R.to_html(blocks, x))
                elif f == "tsv": open(p, "w", newline="").write(R.to_csv(blocks, "\t"))
                elif f == "csv": open(p, "w", newline="", encoding="utf-8-sig" if rng.random() < .5 else "utf-8").write(R.to_csv(blocks, ","))
                elif f == "csv932": open(p, "w", newline="", encoding="cp932").write(R.to_csv(blocks, ","))
                elif f == "docx": R.to_docx(blocks, x, p)
                elif f == "xlsx": R.to_xlsx(blocks, x, p)
                elif f == "pdfc": chrom.append((R.to_html(blocks, x), p, x.foot))
                elif f == "pdfd": R.to_docx(blocks, x, t + ".docx"); lo.append(t + ".docx"); post.append(("mv", t + ".pdf", p, rng))
                elif f == "pdfx": R.to_xlsx(blocks, x, t + ".xlsx"); lo.append(t + ".xlsx"); post.append(("mv", t + ".pdf", p, rng))
                elif f in ("lay", "plain", "scan"): chrom.append((R.to_html(blocks, x), t + ".pdf", x.foot)); post.append((f, t + ".pdf", p, rng))
                elif f == "layd": R.to_docx(blocks, x, t + ".docx"); lo.append(t + ".docx"); post.append(("lay", t + ".pdf", p, rng))
                man.append([name, "goal_table", f"N{n}", "", f, "", str(sum(len(g["goals"]) for g in golds)), "", "", FORMS[n][0]])
    if chrom: R.chromium(chrom)
    if lo: R.office(lo, tmp)
    for k, a1, b1, rng in post:
        if k == "mv": shutil.move(a1, b1)
        elif k == "scan": R.scan(a1, b1, rng)
        else: subprocess.run(["pdftotext"] + (["-layout"] if k == "lay" else []) + [a1, b1], check=True)
    open(os.path.join(out, "MANIFEST.tsv"), "w").write("\n".join("\t".join(r) for r in [["source", "kind", "form", "producer", "output", "pages", "goals", "dept", "fy", "features"]] + man) + "\n")
    print(len(man), "documents")
main(sys.argv[1:])
