#!/usr/bin/env python3
"""Counts what is wrong, empty or missing in goal tables and whether a finding points at it.

usage: silent.py FORMS_DIR OUTPUT_DIR [-v]      (FORMS_DIR as made by make.py; -v lists what nothing points at)

Goals are paired by their item, target and methods; texts are compared without width and white space. A finding points at a value where
its pointer is the value's, or one above or below it. Documents that are not read as goal tables are counted, no value of theirs is."""
import collections, difflib, glob, json, os, re, sys, unicodedata
FIELDS = ("number", "item", "plan_category", "target", "methods", "deadline", "divisions", "achievement")
ALIKE = 0.3


def fold(text): return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def text(goal, field):
    value = goal.get(field)
    if isinstance(value, list): return fold("".join(value))
    if isinstance(value, dict): return fold(value.get("raw"))
    return fold("" if value is None else str(value))


def head(document, field):
    value = document.get(field)
    return str(value.get("gregorian", "")) if isinstance(value, dict) else fold(value)


def whole(goal): return "".join(text(goal, f) for f in ("item", "target", "methods"))


def differences(gold, out):
    """(kind, pointer, want, got) of each value that is not as in gold."""
    for field in ("title", "department", "fiscal_year"):
        want, got = head(gold, field), head(out, field)
        if want != got: yield "wrong" if got else "empty", f"/{field}", want, got
    left = dict(enumerate(out["goals"]))
    for goal in gold["goals"]:
        like = {i: difflib.SequenceMatcher(None, whole(goal), whole(g), autojunk=False).ratio() for i, g in left.items()}
        best = max(like, key=lambda i: (like[i], -i), default=None)
        if best is None or like[best] < ALIKE:
            yield "missing", "/goals", text(goal, "item"), ""
            continue
        found = left.pop(best)
        for field in FIELDS:
            want, got = text(goal, field), text(found, field)
            if want != got: yield "wrong" if got else "empty", f"/goals/{best}/{field}", want, got
    for index, goal in left.items(): yield "extra", f"/goals/{index}", "", text(goal, "item")


def main(made, output, verbose):
    counts = collections.Counter()
    for path in sorted(glob.glob(os.path.join(made, "gold", "*.json"))):
        name = os.path.basename(path)[:-5]
        found = [p for p in glob.glob(os.path.join(output, "documents", "**", "*.json"), recursive=True) if os.path.basename(p).startswith(name + ".")]
        if not found: continue
        gold, out = json.load(open(path, encoding="utf-8")), json.load(open(found[0], encoding="utf-8"))
        if out["kind"] != "goal_table":
            counts["not a goal table"] += 1
            continue
        pointers = {f["pointer"] for f in out["findings"] if f.get("pointer")}
        for kind, pointer, want, got in differences(gold, out):
            said = any(p == pointer or p.startswith(pointer + "/") or pointer.startswith(p + "/") for p in pointers)
            counts[f"{kind}, {'said' if said else 'silent'}"] += 1
            if verbose and not said: print(name, pointer, kind, repr(want[:80]), repr(got[:80]))
    print(", ".join(f"{k}: {n}" for k, n in sorted(counts.items())))


if __name__ == "__main__":
    args = [a for a in sys.argv[1:] if a != "-v"]
    sys.exit(main(*args, "-v" in sys.argv) if len(args) == 2 else __doc__)
