#!/usr/bin/env python3
"""How many planted slips `seisho audit check --json` finds, by half, kind and check; what it missed, what it said besides.

usage: slips.py SLIPS.json FOUND.json [--half 0|1]     lists misses and false alarms of one half only
SLIPS.json: [{"source", "kind", "wrong", "context", …}]. A half is the parity of the SHA-256 of the document's name: half 0 may
be looked at while a check is made, half 1 is only counted. Slips of severity info are not counted.
"""
import hashlib, json, sys
from collections import Counter, defaultdict

if len(sys.argv) < 3:
    sys.exit(__doc__)
planted = json.load(open(sys.argv[1], encoding="utf-8"))
found = [f for f in json.load(open(sys.argv[2], encoding="utf-8"))["slips"] if f["severity"] != "info"]
shown = int(sys.argv[4]) if len(sys.argv) > 4 else None
squeeze = lambda s: "".join(s.split())
half = lambda name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def is_of(f, s):
    around, wrong = squeeze(s["context"]), squeeze(s["wrong"])
    at = around.find(wrong)
    return f["path"] == s["source"] and around[max(0, at - 2) : at + len(wrong) + 2] in squeeze(f["context"])


for h in (0, 1):
    slips, said = [s for s in planted if half(s["source"]) == h], [f for f in found if half(f["path"]) == h]
    kinds = defaultdict(lambda: [0, 0])
    for s in slips:
        s["found"] = any(is_of(f, s) for f in said)
        kinds[s["kind"]][0] += s["found"]
        kinds[s["kind"]][1] += 1
    right = [f for f in said if any(is_of(f, s) for s in slips)]
    wrong = [f for f in said if f not in right]
    print(f"half {h}: recall {sum(s['found'] for s in slips)}/{len(slips)}, precision {len(right)}/{len(said)}")
    print("  by kind:", ", ".join(f"{k} {a}/{b}" for k, (a, b) in sorted(kinds.items())))
    count = Counter(f["code"] for f in right), Counter(f["code"] for f in wrong)
    print("  by check:", ", ".join(f"{c} {count[0][c]}+{count[1][c]}" for c in sorted(count[0] | count[1])), "(right+wrong)")
    if shown == h:
        for s in slips:
            if not s["found"]:
                print("  missed", s["source"], s["kind"], s["context"])
        for f in wrong:
            print("  besides", f["path"], f["code"], f["pointer"], f["found"], "→", f["suggestion"], f["context"])
