"""A document as blocks (lines of text, tables, page breaks) and its writers: HTML, xlsx, docx, TSV and CSV.

Only the standard library; the office files hold what a program would write, no more."""
import csv, html, io, math, unicodedata, zipfile
from dataclasses import dataclass, field


@dataclass
class Cell:
    lines: list
    across: int = 1
    down: int = 1
    head: bool = False                  # heading or label: shaded
    vertical: bool = False              # vertical writing
    old: list = field(default_factory=list)     # struck lines before the new ones
    centre: bool = False
    bold: bool = False


@dataclass
class Table:
    rows: list                          # rows of cells without the covered ones
    widths: list                        # one share a column
    heads: int = 0                      # rows that are repeated on each page
    rules: bool = True
    keep: bool = False                  # the whole table on one page

    def grid(self):
        """{(row, column): Cell} for the first place of each cell, and the covered places."""
        at, covered = {}, set()
        for y, row in enumerate(self.rows):
            x = 0
            for c in row:
                while (y, x) in covered or (y, x) in at: x += 1
                at[y, x] = c
                covered |= {(y + j, x + i) for j in range(c.down) for i in range(c.across)} - {(y, x)}
        return at, covered


@dataclass
class Line:
    text: str
    role: str = "p"                     # title, right, h2, p, small
    indent: int = 0


class Break: pass


@dataclass
class Look:
    """How a document is printed."""
    paper: str = "A4 landscape"
    size: float = 9
    font: str = "IPAexGothic"
    shade: str = "#e8eef4"
    title: str = "center"
    number: bool = False                # page numbers
    pad: int = 3


# --- HTML --------------------------------------------------------------------------------------------------
def cell_html(c, look):
    tag = "th" if c.head else "td"
    span = (f' colspan="{c.across}"' if c.across > 1 else "") + (f' rowspan="{c.down}"' if c.down > 1 else "")
    cls = " ".join(k for k, on in (("v", c.vertical), ("c", c.centre), ("b", c.bold)) if on)
    text = "<br>".join([f"<s>{html.escape(x)}</s>" for x in c.old] + [(f'<span class="new">{html.escape(x)}</span>' if c.old else html.escape(x)) for x in c.lines])
    return f"<{tag}{span}" + (f' class="{cls}"' if cls else "") + f">{text}</{tag}>"


def to_html(blocks, look, name):
    number = '@bottom-center{content:"- " counter(page) " -";font-size:8pt}' if look.number else ""
    css = f"""@page{{size:{look.paper};margin:12mm;{number}}}body{{font-family:'{look.font}';font-size:{look.size}pt;margin:0}}
table{{border-collapse:collapse;width:100%;margin:4px 0 8px;table-layout:fixed}}th,td{{padding:{look.pad}px {look.pad + 1}px;vertical-align:top;text-align:left;font-weight:normal;overflow-wrap:anywhere}}
.rules th,.rules td{{border:1px solid #222}}.plain th{{padding-bottom:6px}}.plain td{{padding:5px 8px}}th{{background:{look.shade};text-align:center;vertical-align:middle}}
tr{{break-inside:avoid}}.keep{{break-inside:avoid}}.c{{text-align:center}}.b{{font-weight:bold}}.v{{writing-mode:vertical-rl;text-orientation:upright;letter-spacing:1px}}
h1{{font-size:{look.size + 5}pt;text-align:{look.title};margin:0 0 6px;font-weight:normal}}h2{{font-size:{look.size + 2}pt;margin:8px 0 3px}}p{{margin:3px 0;line-height:1.6}}
.right{{text-align:right}}.small{{font-size:{look.size - 1.5}pt}}.new{{color:#c00}}.brk{{break-before:page}}"""
    out = []
    for b in blocks:
        if isinstance(b, Break): out.append('<div class="brk"></div>')
        elif isinstance(b, Line):
            tag = {"title": "h1", "h2": "h2"}.get(b.role, "p")
            style = f' style="margin-left:{b.indent}em"' if b.indent else ""
            cls = f' class="{b.role}"' if b.role in ("right", "small") else ""
            out.append(f"<{tag}{cls}{style}>{html.escape(b.text)}</{tag}>")
        else:
            total = sum(b.widths)
            cols = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in b.widths)
            row = lambda r: "<tr>" + "".join(cell_html(c, look) for c in r) + "</tr>"
            body = (f"<thead>{''.join(map(row, b.rows[:b.heads]))}</thead>" if b.heads else "") + f"<tbody>{''.join(map(row, b.rows[b.heads:]))}</tbody>"
            out.append(f'<table class="{"rules" if b.rules else "plain"}{" keep" if b.keep else ""}"><colgroup>{cols}</colgroup>{body}</table>')
    return f'<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>{name}</title><style>{css}</style></head><body>\n' + "\n".join(out) + "\n</body></html>\n"


# --- TSV and CSV -------------------------------------------------------------------------------------------
def to_delimited(blocks, delimiter):
    buf = io.StringIO(); w = csv.writer(buf, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    for b in blocks:
        if isinstance(b, Line): w.writerow([b.text])
        elif isinstance(b, Table):
            at, _ = b.grid()
            for y in range(len(b.rows)):
                w.writerow(["\n".join(at[y, x].lines) if (y, x) in at else "" for x in range(len(b.widths))])
    return buf.getvalue()


# --- xlsx --------------------------------------------------------------------------------------------------
def width_of(s): return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in s)


def col_name(x):
    s = ""; x += 1
    while x: x, r = divmod(x - 1, 26); s = chr(65 + r) + s
    return s


def esc(s): return html.escape(s, quote=False)


def pack(files):
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w", zipfile.ZIP_DEFLATED) as z:
        for n, t in files:
            info = zipfile.ZipInfo(n, (2024, 4, 1, 0, 0, 0)); info.compress_type = zipfile.ZIP_DEFLATED; z.writestr(info, t)
    return buf.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"


def edges(widths, cols):
    """Where each column of a table begins among the sheet's columns: the nearest edge, at least one column each."""
    if len(widths) == len(cols): return list(range(len(cols) + 1))
    out = [0]
    for i in range(1, len(widths)):
        share = sum(widths[:i]) / sum(widths) * sum(cols)
        best = min(range(len(cols) + 1), key=lambda k: abs(sum(cols[:k]) - share))
        out.append(min(max(best, out[-1] + 1), len(cols) - (len(widths) - i)))
    return out + [len(cols)]


def to_xlsx(blocks, look):
    """One sheet, whose columns are the main table's; the cells of other tables take as many of them as fit their widths."""
    widest = max((b for b in blocks if isinstance(b, Table)), key=lambda b: (len(b.rows), len(b.widths))); n = len(widest.widths)
    land = "landscape" in look.paper; a3 = "A3" in look.paper
    chars = (270 if a3 and land else 190 if a3 or land else 130) / (look.size * 0.3528)     # full-width letters a line
    cols = [w / sum(widest.widths) * chars for w in widest.widths]
    rows, merges, breaks, repeat, y0 = [], [], [], None, 0

    def add(cells, height):
        nonlocal y0
        y0 += 1
        xml = "".join(f'<c r="{col_name(x)}{y0}" s="{s}"' + (f' t="inlineStr"><is>{t}</is></c>' if t else "/>") for x, s, t in sorted(cells, key=lambda c: c[0]))
        rows.append(f'<row r="{y0}" ht="{height:.1f}" customHeight="1">{xml}</row>')

    run = lambda s, strike=False: f'<r>{"<rPr><strike/><sz val=%s/><rFont val=%s/></rPr>" % (chr(34) + str(look.size) + chr(34), chr(34) + look.font + chr(34)) if strike else ""}<t xml:space="preserve">{esc(s)}</t></r>'
    for b in blocks:
        if isinstance(b, Break): breaks.append(y0); continue
        if isinstance(b, Line):
            add([(0, {"title": 4, "right": 5}.get(b.role, 6), run(b.text))], look.size * (2.2 if b.role == "title" else 1.5) * max(1, math.ceil(width_of(b.text) / chars)))
            merges.append((y0, 0, y0, n - 1)); continue
        at, _ = b.grid(); edge = edges(b.widths, cols)
        if b is widest and b.heads: repeat = (y0 + 1, y0 + b.heads)
        for y in range(len(b.rows)):
            cells, need = {}, 1
            for (yy, x), c in at.items():
                if not yy <= y < yy + c.down: continue
                style = (1 if c.head else 3 if c.centre else 2) if b.rules else 8 if c.head else 7
                first, end = edge[x], edge[x + c.across]
                for i in range(first, end): cells[i] = (i, style, "")
                if yy == y:
                    room = sum(cols[first:end]) - 1
                    lines = c.old + c.lines
                    lines_needed = sum(max(1, math.ceil(width_of(s) / max(1, room))) for s in lines)
                    if c.down == 1: need = max(need, lines_needed)
                    else: need = max(need, math.ceil(lines_needed / c.down))
                    t = "".join(run(s + ("\n" if i < len(lines) - 1 else ""), i < len(c.old)) for i, s in enumerate(lines))
                    cells[first] = (first, style, t)
                    if end > first + 1 or c.down > 1: merges.append((y0 + 1, first, y0 + c.down, end - 1))
            add(list(cells.values()), need * look.size * 1.45 + 4)
        add([], look.size * 0.8)
    ref = lambda m: f'{col_name(m[1])}{m[0]}:{col_name(m[3])}{m[2]}'
    paper = 8 if a3 else 9
    sheet = (XML + f'<worksheet xmlns="{SS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>' + "".join(f'<col min="{i + 1}" max="{i + 1}" width="{w * 1.85:.2f}" customWidth="1"/>' for i, w in enumerate(cols))
             + f'</cols><sheetData>{"".join(rows)}</sheetData><mergeCells count="{len(merges)}">' + "".join(f'<mergeCell ref="{ref(m)}"/>' for m in merges)
             + f'</mergeCells><pageMargins left="0.5" right="0.5" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="{paper}" orientation="{"landscape" if land else "portrait"}" fitToWidth="1" fitToHeight="0"/>'
             + (f'<headerFooter><oddFooter>&amp;C- &amp;P -</oddFooter></headerFooter>' if look.number else "")
             + (f'<rowBreaks count="{len(breaks)}" manualBreakCount="{len(breaks)}">' + "".join(f'<brk id="{r}" max="16383" man="1"/>' for r in breaks) + "</rowBreaks>" if breaks else "") + "</worksheet>")
    font = f'<font><sz val="{look.size}"/><name val="{look.font}"/></font>'; big = f'<font><sz val="{look.size + 5}"/><name val="{look.font}"/></font>'
    xf = lambda f, fill, border, h, v: f'<xf fontId="{f}" fillId="{fill}" borderId="{border}" numFmtId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="{h}" vertical="{v}" wrapText="1"/></xf>'
    styles = (XML + f'<styleSheet xmlns="{SS}"><fonts count="2">{font}{big}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF{look.shade[1:]}"/></patternFill></fill></fills>'
              '<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="9">'
              + xf(0, 0, 0, "left", "top") + xf(0, 2, 1, "center", "center") + xf(0, 0, 1, "left", "top") + xf(0, 0, 1, "center", "center") + xf(1, 0, 0, "center", "center") + xf(0, 0, 0, "right", "center") + xf(0, 0, 0, "left", "center") + xf(0, 0, 0, "left", "top") + xf(0, 2, 0, "center", "center") + "</cellXfs></styleSheet>")
    names = f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">Sheet1!${repeat[0]}:${repeat[1]}</definedName></definedNames>' if repeat else ""
    return pack([("[Content_Types].xml", XML + f'<Types xmlns="{CT}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'),
                 ("_rels/.rels", XML + f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OD}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
                 ("xl/workbook.xml", XML + f'<workbook xmlns="{SS}" xmlns:r="{OD}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>'),
                 ("xl/_rels/workbook.xml.rels", XML + f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OD}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OD}/styles" Target="styles.xml"/></Relationships>'),
                 ("xl/worksheets/sheet1.xml", sheet), ("xl/styles.xml", styles)])


# --- scan --------------------------------------------------------------------------------------------------
def to_scan(jpegs, dpi):
    """A PDF whose pages are JPEG pictures and nothing else."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None]; kids = []
    for data in jpegs:
        w, h, grey = jpeg_size(data); pw, ph = w * 72 / dpi, h * 72 / dpi; n = len(objects) + 1
        space = "DeviceGray" if grey else "DeviceRGB"; kids.append(f"{n} 0 R"); draw = f"q {pw:.2f} 0 0 {ph:.2f} 0 0 cm /I Do Q"
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {pw:.2f} {ph:.2f}] /Contents {n + 1} 0 R /Resources << /XObject << /I {n + 2} 0 R >> >> >>",
                    f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
                    f"<< /Type /XObject /Subtype /Image /Width {w} /Height {h} /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, at = b"%PDF-1.4\n", []
    for i, o in enumerate(objects): at.append(len(out)); out += f"{i + 1} 0 obj\n".encode() + (o if isinstance(o, bytes) else o.encode()) + b"\nendobj\n"
    table = f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n" + "".join(f"{a:010d} 00000 n \n" for a in at)
    return out + table.encode() + f"trailer << /Size {len(at) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def jpeg_size(data):
    """(width, height, one component only)"""
    i = 2
    while True:
        kind, length = data[i + 1], int.from_bytes(data[i + 2:i + 4], "big")
        if kind in (0xC0, 0xC1, 0xC2): return int.from_bytes(data[i + 7:i + 9], "big"), int.from_bytes(data[i + 5:i + 7], "big"), data[i + 9] == 1
        i += 2 + length


# --- docx --------------------------------------------------------------------------------------------------
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def to_docx(blocks, look):
    land = "landscape" in look.paper
    short, long = (16838, 23811) if "A3" in look.paper else (11906, 16838)
    pw, ph = (long, short) if land else (short, long); room = pw - 1360
    size = round(look.size * 2)

    def para(lines, align="left", old=(), sz=size, indent=0, bold=False, after=0):
        out = ""
        for i, s in enumerate(list(old) + list(lines) or [""]):
            strike = "<w:strike/>" if i < len(old) else ""
            out += (f'<w:p><w:pPr><w:spacing w:before="0" w:after="{after}"/><w:ind w:left="{indent * size * 10}"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{look.font}" w:eastAsia="{look.font}" w:hAnsi="{look.font}"/>'
                    f'{"<w:b/>" if bold else ""}{strike}<w:sz w:val="{sz}"/></w:rPr><w:t xml:space="preserve">{esc(s)}</w:t></w:r></w:p>')
        return out

    def table(b):
        at, _ = b.grid(); n = len(b.widths); ws = [round(room * w / sum(b.widths)) for w in b.widths]
        edge = "".join(f'<w:{e} w:val="{"single" if b.rules else "nil"}" w:sz="4" w:color="222222"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV"))
        out = f'<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:tblBorders>{edge}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>' + "".join(f'<w:gridCol w:w="{w}"/>' for w in ws) + "</w:tblGrid>"
        for y in range(len(b.rows)):
            tall = max((len(s) for (yy, _), c in at.items() if yy == y and c.vertical for s in c.lines), default=0)
            out += "<w:tr><w:trPr><w:cantSplit/>" + (f'<w:trHeight w:val="{(tall + 1) * size * 11}" w:hRule="atLeast"/>' if tall else "") + ("<w:tblHeader/>" if y < b.heads else "") + "</w:trPr>"
            for x in range(n):
                hit = next(((yy, xx, c) for (yy, xx), c in at.items() if xx == x and yy <= y < yy + c.down), None)
                if hit is None: continue
                yy, _, c = hit
                span = f'<w:gridSpan w:val="{c.across}"/>' if c.across > 1 else ""
                merge = "" if c.down == 1 else '<w:vMerge w:val="restart"/>' if yy == y else "<w:vMerge/>"
                shade = f'<w:shd w:val="clear" w:fill="{look.shade[1:]}"/>' if c.head else ""
                turn = '<w:textDirection w:val="tbRlV"/>' if c.vertical else ""
                va = '<w:vAlign w:val="center"/>' if c.head or c.centre else ""
                body = para(c.lines, "center" if c.head or c.centre else "left", c.old, bold=c.bold) if yy == y else para([])
                out += f'<w:tc><w:tcPr><w:tcW w:w="{sum(ws[x:x + c.across])}" w:type="dxa"/>{span}{merge}{shade}{turn}{va}</w:tcPr>{body}</w:tc>'
            out += "</w:tr>"
        return out + "</w:tbl>" + para([], sz=8)

    body = ""
    for b in blocks:
        if isinstance(b, Break): body += '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
        elif isinstance(b, Line): body += para([b.text], {"title": look.title, "right": "right"}.get(b.role, "left"), sz=size + (10 if b.role == "title" else 4 if b.role == "h2" else 0), indent=b.indent, after=140 if b.role == "title" else 60)
        else: body += table(b)
    foot = '<w:footerReference w:type="default" r:id="rId1"/>' if look.number else ""
    doc = XML + f'<w:document xmlns:w="{W}" xmlns:r="{OD}"><w:body>{body}<w:sectPr>{foot}<w:pgSz w:w="{pw}" w:h="{ph}"{" w:orient=%slandscape%s" % (chr(34), chr(34)) if land else ""}/><w:pgMar w:top="800" w:right="680" w:bottom="800" w:left="680" w:header="300" w:footer="300" w:gutter="0"/></w:sectPr></w:body></w:document>'
    footer = XML + f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
    return pack([("[Content_Types].xml", XML + f'<Types xmlns="{CT}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'),
                 ("_rels/.rels", XML + f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OD}/officeDocument" Target="word/document.xml"/></Relationships>'),
                 ("word/_rels/document.xml.rels", XML + f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{OD}/footer" Target="footer1.xml"/></Relationships>'),
                 ("word/document.xml", doc), ("word/footer1.xml", footer)])
