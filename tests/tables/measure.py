#!/usr/bin/env python3
"""Compares what readers find in the made tables with what is there: pairs of neighbouring cells (adjacency relations).

usage: measure.py FOLDER SEISHO [--split a|b] [--peers] [-v]
       (FOLDER as made by make.py; $ADJACENCY: the scorer's path; --peers also runs those of pdfplumber, camelot and PyMuPDF that
        this python has; -v a line a document)

Prints P, R and F, each the mean over documents, by class and reader; and how many figures of a reader are two of the page's
figures written as one (glued)."""
import argparse, collections, importlib.util, json, os, pathlib, re, subprocess, sys, tempfile, warnings
sys.dont_write_bytecode = True


def adjacency():
    path = os.environ.get("ADJACENCY") or pathlib.Path(__file__).parents[3] / "shared/tools/adjacency.py"
    spec = importlib.util.spec_from_file_location("adjacency", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def grid(rows):
    """Tables as peers give them: rows of texts, None where a cell goes on."""
    return {"cells": [{"row": [y, y + 1], "col": [x, x + 1], "text": t} for y, row in enumerate(rows) for x, t in enumerate(row) if t]}


def seisho(binary, files):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([binary, "convert", *map(str, files), "--out", out, "--ocr", "never"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = {}
        for path in pathlib.Path(out, "documents").rglob("*.json"):
            document = json.loads(path.read_text(encoding="utf-8"))
            found[pathlib.Path(document["source"]["path"]).stem] = document["tables"]
        return found


def peers():
    """{name: function of a path to tables}"""
    out = {}
    try:
        import pdfplumber
        def lattice(path, **settings):
            with pdfplumber.open(path) as pdf: return [grid(t) for page in pdf.pages for t in page.extract_tables(settings)]
        out["pdfplumber lines"] = lattice
        out["pdfplumber text"] = lambda path: lattice(path, vertical_strategy="text", horizontal_strategy="text")
    except ImportError: pass
    try:
        import camelot
        def flavor(name): return lambda path: [grid(t.df.values.tolist()) for t in camelot.read_pdf(str(path), pages="all", flavor=name)]
        for name in ("lattice", "stream", "network", "hybrid"): out["camelot " + name] = flavor(name)
    except ImportError: pass
    try:
        import pymupdf
        def find(path, **settings):
            with pymupdf.open(path) as pdf: return [grid(t.extract()) for page in pdf for t in page.find_tables(**settings).tables]
        out["PyMuPDF lines"] = find
        out["PyMuPDF text"] = lambda path: find(path, strategy="text")
    except ImportError: pass
    return out


FIGURE = re.compile(r"^[-△(]?\d[\d,.]*%?\)?$")


def glued(truth, found, norm):
    """Figures that are no cell's, and begin with one that is."""
    figures = {norm(c["text"]) for t in truth for c in t["cells"] if FIGURE.match(norm(c["text"]))}
    texts = [norm(c["text"]) for t in found for c in t["cells"]]
    cut = lambda t: any(t[:i] in figures and t[i:] in figures for i in range(1, len(t)))
    return sum(1 for t in texts if FIGURE.match(t) and t not in figures and cut(t))


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("folder", type=pathlib.Path)
    a.add_argument("binary")
    a.add_argument("--split", choices="ab")
    a.add_argument("--peers", action="store_true")
    a.add_argument("-v", action="store_true")
    o = a.parse_args()
    A = adjacency()
    files = sorted(f for f in (o.folder / "pdf").glob("*.pdf") if not o.split or f.stem[-1] == o.split)
    truth = {f.stem: json.loads((o.folder / "truth" / (f.stem + ".json")).read_text(encoding="utf-8")) for f in files}
    readers = {"seisho": seisho(o.binary, files)}
    warnings.filterwarnings("ignore")
    for name, read in (peers() if o.peers else {}).items():
        readers[name] = {}
        for f in files:
            try: readers[name][f.stem] = read(f)
            except Exception: readers[name][f.stem] = []
    table = collections.defaultdict(lambda: collections.defaultdict(list))
    joined = collections.Counter()
    for name, found in readers.items():
        for stem, want in truth.items():
            got = found.get(stem) or []
            p, r, f, *counts = A.score(want, got)
            joined[name] += glued(want, got, A.norm)
            for key in (stem.split("-")[0], "ALL"): table[name][key].append((p, r, f))
            if o.v and name == "seisho": print(f"{stem}\t{p:.3f}\t{r:.3f}\t{f:.3f}\t{counts}")
    classes = sorted({s.split("-")[0] for s in truth}) + ["ALL"]
    for key in classes:
        mean = lambda name: "/".join(f"{sum(v[i] for v in table[name][key]) / len(table[name][key]):.3f}" for i in range(3))
        print(f"{key}\t" + "\t".join(f"{name} {mean(name)}" for name in readers))
    print("glued\t" + "\t".join(f"{name} {joined[name]}" for name in readers))


if __name__ == "__main__":
    sys.exit(main())
