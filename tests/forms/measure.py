#!/usr/bin/env python3
"""Scores an output folder against the made forms with the shared scorer.

usage: measure.py FORMS_DIR OUTPUT_DIR [--split a|b] [--form N3] [--unread] [-v] [--strict]
       (FORMS_DIR as made by make.py; --unread also counts the formats marked "not read yet"; $SCORE_FORMS: the scorer's path)"""
import os, shutil, subprocess, sys, tempfile


def main(argv):
    opt = lambda n: (argv.pop(argv.index(n) + 1), argv.remove(n))[0] if n in argv else ""
    split, form = opt("--split"), opt("--form"); unread = "--unread" in argv
    args = [a for a in argv if not a.startswith("-")]; flags = [a for a in argv if a in ("-v", "--strict")]
    if len(args) != 2: sys.exit(__doc__)
    made, out = args; scorer = os.environ.get("SCORE_FORMS", "/work/shared/tools/score_forms.py"); man = os.path.join(made, "MANIFEST.tsv")
    with tempfile.TemporaryDirectory() as tmp:
        for l in open(man, encoding="utf-8").read().split("\n")[1:]:
            if not l: continue
            p = l.split("\t"); stem = os.path.splitext(p[0])[0]
            if (split and stem[0] != split) or (form and p[2] != form) or ("not read yet" in p[9] and not unread): continue
            shutil.copy(os.path.join(made, "gold", stem + ".json"), tmp)
        return subprocess.run([sys.executable, scorer, tmp, out, "--manifest", man] + flags).returncode


if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
