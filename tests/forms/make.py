#!/usr/bin/env python3
"""Documents of forms that the program has never seen, with what is right: the measuring stick of headings and heads.

    python3 tests/forms/make.py /tmp/forms              # docs/, gold/ and MANIFEST.tsv below /tmp/forms
    python3 tests/forms/make.py /tmp/forms --formats html,tsv,csv,docx,xlsx    # without the printers: seconds
    python3 tests/forms/make.py /tmp/forms --only a3    # form N3 of split a (a, b3, N7 … : a split, or a split and a form)
    target/fast/seisho convert /tmp/forms/docs --out /tmp/forms/out --quiet --lang en
    python3 tests/forms/measure.py /tmp/forms /tmp/forms/out [--split a] [-v]      # scores without the formats not read yet

Needs chromium, soffice and pdftotext and the system's Japanese fonts; nothing beyond Python's own library.

Twenty forms (forms.py: their layouts), words in two halves (words.py), sentences (content.py), writers (render.py).
A document's name: split, form, letter: a03b = split a, form N3, second. Splits a and b are the same forms with heading
words, titles and head labels that share no entry: look at the failures of a, keep b as held out (figures only).
Whoever makes or changes these forms doesn't read the program's profiles; whoever writes profiles doesn't read words.py.

Gold is the shape of the shared forms': null = the form has no such column; `accept` = other right values; beyond it
`year_from` (title, head, folder; a file's name counts as folder) and `columns` (heading -> field, null = other). `page` is set where the drawn PDF showed the goal's
item on one page; authors are null where the head has a name with a label only (部長名), for the contract leaves the post open.
A struck, blank or merged cell is stated as the contract says. Everything is drawn from seeds: same bytes of text each time."""
import json, os, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import forms, render

PDF = ("chrome", "lo-docx", "lo-xlsx", "dump", "layout", "scan")
EXT = {"chrome": "pdf", "lo-docx": "pdf", "lo-xlsx": "pdf", "dump": "txt", "layout": "txt", "scan": "pdf"}
OUTPUT = {"chrome": "pdf", "lo-docx": "pdf", "lo-xlsx": "pdf", "dump": "dump:plain", "layout": "dump:layout"}
UNREAD = ()                     # formats the program doesn't read yet


def run(*args): subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def plan(only, formats):
    for form, (build, a, b) in forms.FORMS.items():
        for split, kinds in (("a", a), ("b", b)):
            for k, fmt in enumerate(kinds.split()):
                n = int(form[1:]); name = f"{split}{n:02d}{'abcd'[k]}"
                if formats and fmt not in formats: continue
                if only in ("", split, f"{split}{n}", form): yield name, form, split, k, fmt, build


def draft(name, form, split, k, fmt, build):
    d = forms.Draft(form, split, k, fmt); build(d)
    folder, stem = "", name
    if d.year_from == "folder":
        if k % 2: stem = f"{name}_{d.era()}"
        else: folder = d.r.choice([f"R{d.fy - 2018}年度", d.era() + " 組織目標", f"{d.fy}年度"])
    return {"draft": d, "folder": folder, "stem": stem, "form": form, "fmt": fmt}


def draw_pdfs(jobs, tmp):
    """The PDF of each job that needs one: Chromium two at a time, LibreOffice in one go."""
    chrome, office = [], []
    for j in jobs:
        d, fmt = j["draft"], j["fmt"]
        if fmt not in PDF: continue
        base = os.path.join(tmp, j["stem"]); j["pdf"] = base + ".pdf"
        if fmt in ("lo-docx", "lo-xlsx"):
            ext = fmt[3:]; data = render.to_docx(d.blocks, d.look) if ext == "docx" else render.to_xlsx(d.blocks, d.look)
            open(f"{base}.{ext}", "wb").write(data); office.append(f"{base}.{ext}")
        else: open(base + ".html", "w", encoding="utf-8").write(render.to_html(d.blocks, d.look, j["stem"])); chrome.append(base)

    def one(base): run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={base}.profile", "--no-pdf-header-footer", f"--print-to-pdf={base}.pdf", f"file://{base}.html")
    with ThreadPoolExecutor(2) as pool: list(pool.map(one, chrome))
    if office: run("soffice", f"-env:UserInstallation=file://{tmp}/office", "--headless", "--convert-to", "pdf", "--outdir", tmp, *office)


def squeeze(s): return re.sub(r"\s", "", s)


def set_pages(gold, pdf):
    """page of each goal: the first page that shows the beginning of its item, never before the goal above it."""
    pages = [squeeze(p) for p in subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout.split("\f")]
    pages = pages[:-1] if pages and not pages[-1] else pages; last = 1; first = 1
    if gold.get("sections"): first = 2
    for g in gold["goals"]:
        hits = [i + 1 for i, p in enumerate(pages) if i + 1 >= max(first, last) and squeeze(g["item"])[:6] in p]
        if hits: g["page"] = last = hits[0]
    return len(pages)


def pictures(pdf):
    base = pdf[:-4] + ".scan"; run("pdftoppm", "-r", "200", "-gray", "-jpeg", pdf, base)
    folder = os.path.dirname(base); names = sorted(f for f in os.listdir(folder) if f.startswith(os.path.basename(base)))
    return [open(os.path.join(folder, f), "rb").read() for f in names]


def write(j, out):
    d, fmt, stem = j["draft"], j["fmt"], j["stem"]; ext = EXT.get(fmt, fmt); name = f"{stem}.{ext}"
    folder = os.path.join(out, "docs", j["folder"]); os.makedirs(folder, exist_ok=True); path = os.path.join(folder, name)
    gold = d.document(name); pages = 1
    if "pdf" in j: pages = set_pages(gold, j["pdf"])
    if fmt == "scan": open(path, "wb").write(render.to_scan(pictures(j["pdf"]), 200))
    elif ext == "pdf": shutil.copy(j["pdf"], path)
    elif fmt in ("dump", "layout"): run("pdftotext", *(["-layout"] if fmt == "layout" else []), j["pdf"], path)
    elif fmt == "html": open(path, "w", encoding="utf-8").write(render.to_html(d.blocks, d.look, d.title))
    elif fmt in ("tsv", "csv"):
        data = render.to_delimited(d.blocks, "\t" if fmt == "tsv" else ","); open(path, "w", encoding="utf-8", newline="").write(data)
        if d.form != "N7":
            for g in gold["goals"]: g["page"] = 1
    else: open(path, "wb").write(render.to_docx(d.blocks, d.look) if fmt == "docx" else render.to_xlsx(d.blocks, d.look))
    json.dump(gold, open(os.path.join(out, "gold", stem + ".json"), "w", encoding="utf-8"), ensure_ascii=False, indent=1)
    heads = [c.heading for c in d.cols]; features = [d.form + " " + (forms.FORMS[d.form][0].__name__), "year from " + d.year_from] + d.features + ([f"in {j['folder']}/"] if j["folder"] else []) + (["not read yet"] if fmt in UNREAD else [])
    producer = {"chrome": "chromium", "lo-docx": "docx", "lo-xlsx": "xlsx", "dump": "chromium", "layout": "chromium", "scan": "chromium"}.get(fmt, "make.py")
    return "\t".join([name, "goal_table", j["form"], producer, OUTPUT.get(fmt, fmt), str(pages), str(len(gold["goals"])), d.dept, d.fy_raw, "; ".join(features) + "; columns: " + ", ".join(heads)])


def main(argv):
    only = argv.pop(argv.index("--only") + 1) if "--only" in argv else ""
    formats = argv.pop(argv.index("--formats") + 1).split(",") if "--formats" in argv else []
    args = [a for a in argv if a not in ("--only", "--formats")]
    if len(args) != 1: sys.exit(__doc__)
    out = os.path.abspath(args[0])
    for f in ("docs", "gold"): shutil.rmtree(os.path.join(out, f), ignore_errors=True); os.makedirs(os.path.join(out, f))
    jobs = [draft(*p) for p in plan(only, formats)]
    with tempfile.TemporaryDirectory() as tmp:
        draw_pdfs(jobs, tmp)
        lines = [write(j, out) for j in jobs]
    head = "source kind form producer output pages goals_or_sections dept fy features".replace(" ", "\t")
    open(os.path.join(out, "MANIFEST.tsv"), "w", encoding="utf-8").write("\n".join([head] + lines) + "\n")
    print(f"{len(jobs)} documents in {len({j['form'] for j in jobs})} forms, {sum(len(j['draft'].goals) for j in jobs)} goals -> {out}")


if __name__ == "__main__": main(sys.argv[1:])
