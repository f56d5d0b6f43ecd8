#!/usr/bin/env python3
"""How well tables of figures are read: compares what `make.py` printed with what `seisho convert DIR --out OUT` says.

usage: measure.py DIR OUT [--list] [--pairs FILE]

A cell is right where it is what was printed, to the letter. Silent: it is wrong and no finding names it (or all of its
table). Doubted: a finding names it. Junk: characters of values outside the cells and the title. The last line is the
expected calibration error of the confidence of cells, and how many wrong ones say more than 0.95.
"""
import argparse, collections, json, pathlib

TITLES = ("予算の内訳", "見積書の内訳", "年度別の決算額", "目標の達成状況")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for v in value:
            yield from texts(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from texts(v)


def cells(document):
    """Text, confidence and whether a finding names it, by row and column of the first table."""
    named = [f["pointer"] for f in document["findings"] if f.get("pointer")]
    out = {}
    for t, table in enumerate(document.get("tables") or []):
        if t > 0 and len(table["cells"]) < len(document["tables"][0]["cells"]):
            continue
        if t > 0:
            out = {}
        for i, cell in enumerate(table["cells"]):
            at = f"/tables/{t}/cells/{i}/text"
            is_named = any(p == at or at.startswith(p + "/") for p in named)
            confidence = (document["evidence"].get(at) or {}).get("confidence")
            out[cell["row"][0], cell["col"][0]] = (cell["text"], confidence, is_named)
    return out


def main():
    args = argparse.ArgumentParser()
    args.add_argument("dir", type=pathlib.Path)
    args.add_argument("out", type=pathlib.Path)
    args.add_argument("--list", action="store_true")
    args.add_argument("--pairs", type=pathlib.Path)
    args = args.parse_args()
    counts, pairs = collections.defaultdict(collections.Counter), []
    for gold in sorted(args.dir.glob("*.json")):
        want = json.loads(gold.read_text())
        result = args.out / "documents" / f"{gold.stem}.pdf.json"
        count = counts[want["condition"]]
        document = json.loads(result.read_text()) if result.exists() else {"findings": [], "evidence": {}}
        got = cells(document)
        count["findings"] += len(document["findings"])
        count["documents"] += 1
        for r, row in enumerate(want["rows"]):
            for c, text in enumerate(row):
                said, confidence, named = got.pop((r, c), ("", None, False))
                if not text:
                    count["junk"] += len(said)
                    continue
                is_figure = r > 0 and want["right"][c] == 1
                kind = "figure" if is_figure else "text"
                count[kind] += 1
                count[kind + " right"] += said == text
                count[kind + " silent"] += said != text and not named and said != ""
                count[kind + " missing"] += said == ""
                count[kind + " doubted"] += named
                count[kind + " doubted right"] += named and said == text
                if confidence is not None:
                    pairs.append((confidence, said == text, named, gold.stem))
                if args.list and said != text:
                    print(f"{gold.stem} {r},{c} want {text!r} said {said!r} {confidence} {'doubted' if named else 'SILENT'}")
                elif args.list and named:
                    print(f"{gold.stem} {r},{c} right {text!r} {confidence} doubted")
        junk = [t for key in ("title", "preamble", "sections", "form") for t in texts(document.get(key) or [])]
        junk = [t for t in junk if not any(t.startswith(title) for title in TITLES)]
        count["junk"] += sum(map(len, junk)) + sum(len(t[0]) for t in got.values())
        if args.list and (junk or got):
            print(gold.stem, "junk", junk, got)
    print("condition      figures  right  silent  missing  doubted (right)   texts  right  silent  doubted (right)   findings  junk")
    total = collections.Counter()
    for condition, n in [*sorted(counts.items()), ("all", total)]:
        if condition != "all":
            total.update(n)
        share = lambda a, b: f"{100 * n[a] / max(n[b], 1):5.1f}%"
        print(f"{condition:14} {n['figure']:7} {share('figure right', 'figure')} {n['figure silent']:7} {n['figure missing']:8} {n['figure doubted']:8} ({n['figure doubted right']})"
              f"   {n['text']:6} {share('text right', 'text')} {n['text silent']:7} {n['text doubted']:8} ({n['text doubted right']})   {n['findings']:8} {n['junk']:6}")
    bins = collections.defaultdict(list)
    for confidence, right, *_ in pairs:
        bins[min(int(confidence * 20), 19)].append((confidence, right))
    ece = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values()) / max(len(pairs), 1)
    print(f"ECE {ece:.4f} of {len(pairs)}; wrong above 0.95: {sum(c > .95 and not r for c, r, *_ in pairs)}, of these silent: {sum(c > .95 and not r and not n for c, r, n, _ in pairs)}")
    if args.pairs:
        args.pairs.write_text("".join(f"{c}\t{int(r)}\t{int(n)}\t{name}\n" for c, r, n, name in pairs))


main()
