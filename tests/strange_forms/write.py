import csv, io, html, math, os, subprocess, random
from model import *
PAPER = {"A4L": (297, 210), "A4P": (210, 297), "A3L": (420, 297)}
def to_html(blocks, x):
    css = f"@page{{size:{PAPER[x.paper][0]}mm {PAPER[x.paper][1]}mm;margin:12mm}}body{{font-family:'{x.font}';font-size:{x.size}pt}}table{{border-collapse:collapse;width:100%;table-layout:fixed;margin:4px 0}}td,th{{padding:2px 4px;vertical-align:top;font-weight:normal;overflow-wrap:anywhere}}.full td,.full th{{border:0.7pt solid #000}}.horizontal td,.horizontal th{{border-top:0.7pt solid #000;border-bottom:0.7pt solid #000}}.v{{writing-mode:vertical-rl;letter-spacing:2px}}p{{margin:3px 0}}tr{{break-inside:{'avoid' if x.avoid else 'auto'}}}"
    o = []
    for b in blocks:
        if isinstance(b, Break): o.append('<div style="break-before:page"></div>')
        elif isinstance(b, Para): o.append(f'<p style="text-align:{b.al};font-size:{b.size}pt{";font-weight:bold" if b.b else ""}">{html.escape(b.text) or "&nbsp;"}</p>')
        else:
            t = sum(b.widths); o.append(f'<table class="{b.rules}"><colgroup>' + "".join(f'<col style="width:{100*w/t:.2f}%">' for w in b.widths) + "</colgroup>")
            for r, row in enumerate(b.rows):
                if r == 0 and b.head and x.repeat: o.append("<thead>")
                o.append("<tr>")
                for c in row:
                    tag = "th" if c.h and x.th else "td"; body = "<br>".join("".join(f"<s>{html.escape(t)}</s>" if s else html.escape(t) for t, s in ln) for ln in c.runs())
                    if c.v: body = f'<span class="v">{body}</span>'
                    o.append(f'<{tag}{f" colspan={c.cs}" if c.cs > 1 else ""}{f" rowspan={c.rs}" if c.rs > 1 else ""} style="text-align:{c.al}{";background:#e8e8e8" if c.h and x.shade else ""}">{body}</{tag}>')
                o.append("</tr>")
                if b.head and r == b.head - 1 and x.repeat: o.append("</thead>")
            o.append("</table>")
    return f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><style>{css}</style></head><body>' + "\n".join(o) + "</body></html>"
def to_rows(blocks):
    out = []
    for b in blocks:
        if isinstance(b, Para): out.append([b.text])
        elif isinstance(b, Table):
            g, n, m = b.grid(); rows = [[""] * m for _ in range(n)]
            for (r, c), cell in g.items(): rows[r][c] = "\n".join(cell.plain())
            out += rows
    return out
def to_csv(blocks, sep):
    rows = to_rows(blocks); w = max(map(len, rows)); f = io.StringIO(); wr = csv.writer(f, delimiter=sep, lineterminator="\r\n")
    for r in rows: wr.writerow(r + [""] * (w - len(r)))
    return f.getvalue()
def to_docx(blocks, x, path):
    import docx
    from docx.shared import Pt, Mm
    from docx.oxml.ns import qn
    from docx.oxml import OxmlElement
    d = docx.Document(); s = d.sections[0]; s.page_width, s.page_height = Mm(PAPER[x.paper][0]), Mm(PAPER[x.paper][1]); s.orientation = 1 if x.paper != "A4P" else 0
    for k in ("left_margin", "right_margin", "top_margin", "bottom_margin"): setattr(s, k, Mm(13))
    st = d.styles["Normal"]; st.font.name = x.font; st.font.size = Pt(x.size); st.element.rPr.rFonts.set(qn("w:eastAsia"), x.font); st.paragraph_format.space_after = Pt(0)
    AL = dict(left=0, center=1, right=2); brk = False
    for i, b in enumerate(blocks):
        if isinstance(b, Break): d.add_page_break(); continue
        if isinstance(b, Para):
            p = d.add_paragraph(); p.alignment = AL[b.al]; r = p.add_run(b.text); r.font.size = Pt(b.size); r.bold = b.b; continue
        g, n, m = b.grid(); t = d.add_table(n, m); t.autofit = False
        if b.rules == "full": t.style = "Table Grid"
        elif b.rules == "horizontal":
            e = OxmlElement("w:tblBorders")
            for k in ("top", "bottom", "insideH"): q = OxmlElement(f"w:{k}"); [q.set(qn(f"w:{a}"), v) for a, v in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000"))]; e.append(q)
            t._tbl.tblPr.append(e)
        tot = sum(b.widths); full = PAPER[x.paper][0] - 26; ws = [Mm(full * w / tot) for w in b.widths]
        for c in range(m): t.columns[c].width = ws[c]
        cells = [[t.cell(r, c) for c in range(m)] for r in range(n)]
        for r in range(n):
            for c in range(m): cells[r][c].width = ws[c]
        for (r, c), cell in g.items():
            k = cells[r][c]
            if cell.rs > 1 or cell.cs > 1: k = k.merge(cells[r + cell.rs - 1][c + cell.cs - 1])
            for j, ln in enumerate(cell.runs()):
                p = k.paragraphs[0] if j == 0 else k.add_paragraph(); p.alignment = AL[cell.al]
                for tx, sk in ln: rn = p.add_run(tx); rn.font.strike = sk or None
            if cell.v: e = OxmlElement("w:textDirection"); e.set(qn("w:val"), "tbRlV"); k._tc.get_or_add_tcPr().append(e)
        for r in range(b.head if x.repeat else 0): e = OxmlElement("w:tblHeader"); t.rows[r]._tr.get_or_add_trPr().append(e)
        if i + 1 < len(blocks) and isinstance(blocks[i + 1], Table): d.add_paragraph("")
    d.save(path)
def to_xlsx(blocks, x, path):
    import openpyxl
    from openpyxl.styles import Border, Side, Alignment, Font, PatternFill
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.utils import get_column_letter as L
    wb = openpyxl.Workbook(); ws = wb.active; ws.title = "様式"; full = PAPER[x.paper][0] - 20; tabs = [b for b in blocks if isinstance(b, Table)]
    edges = sorted({round(100 * sum(t.widths[:i]) / sum(t.widths)) for t in tabs for i in range(len(t.widths) + 1)}); N = len(edges) - 1
    for i in range(N): ws.column_dimensions[L(i + 1)].width = max(1.2, full * (edges[i + 1] - edges[i]) / 100 / 1.95)
    row = 1; side = Side(style="thin"); ws.page_setup.orientation = "portrait" if x.paper == "A4P" else "landscape"; ws.page_setup.paperSize = 8 if x.paper == "A3L" else 9; ws.page_setup.fitToWidth = 1; ws.page_setup.fitToHeight = 0; ws.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True); titles = None
    for b in blocks:
        if isinstance(b, Break): ws.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=row - 1)); continue
        if isinstance(b, Para):
            c = ws.cell(row, 1, b.text or None); c.font = Font(name=x.font, size=b.size, bold=b.b); c.alignment = Alignment(horizontal=b.al, wrap_text=len(b.text) > 60, vertical="top")
            if N > 1: ws.merge_cells(start_row=row, end_row=row, start_column=1, end_column=N)
            if len(b.text) > 60: ws.row_dimensions[row].height = 30
            row += 1; continue
        g, n, m = b.grid(); es = [edges.index(round(100 * sum(b.widths[:i]) / sum(b.widths))) + 1 for i in range(m + 1)]; hs = [x.size * 1.5] * n
        for (r, c), cell in sorted(g.items(), key=lambda e: e[1].rs):
            c0, c1 = es[c], es[c + cell.cs] - 1; mm = full * (edges[c1] - edges[c0 - 1]) / 100 - 2.5; per = max(1, mm / (x.size * .353)); lines = sum(max(1, math.ceil(len(t) / per)) for t in cell.plain()) if not cell.v else len(cell.plain()[0]) * .95
            need = lines * x.size * 1.42 + 4; have = sum(hs[r:r + cell.rs])
            if need > have: hs[r + cell.rs - 1] += need - have
            k = ws.cell(row + r, c0); rn = cell.runs(); plain = "\n".join(cell.plain())
            if any(s for ln in rn for _, s in ln):
                parts = []
                for j, ln in enumerate(rn):
                    for tx, s in ln: parts.append(TextBlock(InlineFont(rFont=x.font, sz=x.size, strike=True), tx + ("\n" if j < len(rn) - 1 else "")) if s else tx + ("\n" if j < len(rn) - 1 else ""))
                k.value = CellRichText(*parts)
            elif plain.isdigit() and len(plain) < 3: k.value = int(plain)
            elif plain.replace(",", "").isdigit() and plain.isascii(): k.value = int(plain.replace(",", "")); k.number_format = "#,##0"
            else: k.value = plain or None
            if isinstance(k.value, str) and k.value.startswith("="): k.data_type = "s"
            for rr in range(row + r, row + r + cell.rs):
                for cc in range(c0, c1 + 1):
                    q = ws.cell(rr, cc)
                    if b.rules == "full": q.border = Border(side, side, side, side)
                    elif b.rules == "horizontal": q.border = Border(top=side, bottom=side)
            k.font = Font(name=x.font, size=x.size); k.alignment = Alignment(horizontal=cell.al, vertical="center" if cell.h else "top", wrap_text=True, text_rotation=255 if cell.v else 0)
            if cell.h and x.shade: k.fill = PatternFill("solid", fgColor="E8E8E8")
            if c1 > c0 or cell.rs > 1: ws.merge_cells(start_row=row + r, end_row=row + r + cell.rs - 1, start_column=c0, end_column=c1)
        for i, h in enumerate(hs): ws.row_dimensions[row + i].height = min(h, 400)
        if b.head and x.repeat and len(tabs) <= 2: ws.print_title_rows = f"{row}:{row + b.head - 1}"
        row += n
    wb.save(path)
def office(paths, out):
    """one LibreOffice for all"""
    if paths: subprocess.run(["nice", "-n", "5", "soffice", f"-env:UserInstallation=file:///tmp/fresh-lo", "--headless", "--convert-to", "pdf", "--outdir", out] + paths, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
def chromium(jobs):
    from playwright.sync_api import sync_playwright
    if not jobs: return
    with sync_playwright() as p:
        br = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]); pg = br.new_page()
        for text, path, foot in jobs:
            pg.set_content(text); pg.pdf(path=path, prefer_css_page_size=True, display_header_footer=foot, header_template="<span></span>", footer_template='<div style="font-size:8px;width:100%;text-align:center">- <span class="pageNumber"></span> -</div>')
        br.close()
def scan(pdf, out, rng):
    import glob, numpy
    from PIL import Image
    dpi = rng.choice([200, 240, 300]); tmp = out + ".d"; os.makedirs(tmp, exist_ok=True); subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", pdf, tmp + "/p"], check=True); ims = []
    for f in sorted(glob.glob(tmp + "/*")):
        im = Image.open(f).rotate(rng.uniform(-.5, .5), resample=Image.BICUBIC, fillcolor=255); a = numpy.asarray(im, dtype="float32"); a = 14 + a * .93 + numpy.random.default_rng(rng.randrange(1 << 30)).normal(0, 6, a.shape); ims.append(Image.fromarray(a.clip(0, 255).astype("uint8")))
        os.remove(f)
    os.rmdir(tmp); ims[0].save(out, save_all=True, append_images=ims[1:], resolution=dpi, quality=80)
