"""Building blocks of the Word template: styles, fields, tables with thin lines. Used by make_docx_template.py only."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

NAVY, SOFT, RULE, PALE = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x55, 0x61, 0x6D), "C4CCD4", "EEF2F6"
LATIN = "Times New Roman"
PARAGRAPHS = (
    ("XW Table", "宋体", 9, LATIN),
    ("XW Head", "黑体", 8.5, LATIN),
    ("XW Center", "宋体", 9, LATIN),
    ("XW Raw", "宋体", 8, "Consolas"),
    ("XW Small", "宋体", 9, LATIN),
    ("XW Lead", "宋体", 9, LATIN),
    ("XW Contents", "黑体", 16, LATIN),
    ("XW Cover", "仿宋", 14, LATIN),
    ("XW Verdict", "黑体", 20, LATIN),
)
WIDTH = 16.6  # cm of text: A4 less two margins of 2.2


def font(style: Any, east: str, size: float, *, colour: RGBColor | None = None, latin: str = LATIN) -> None:
    """Latin and East Asian font of a style; Word takes the East Asian one only from w:eastAsia."""
    style.font.name, style.font.size, style.font.bold = latin, Pt(size), False
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), east)
    fonts.set(qn("w:hAnsi"), latin)
    fonts.set(qn("w:cs"), latin)


def styles(document: Any) -> None:
    """Body 仿宋, headings 黑体, tables 宋体: the usual faces of Chinese official documents."""
    known = document.styles
    font(known["Normal"], "仿宋", 12)
    known["Normal"].paragraph_format.line_spacing = 1.35
    known["Normal"].paragraph_format.space_after = Pt(4)
    for name, size, before in (("Heading 1", 16, 22), ("Heading 2", 14, 14), ("Heading 3", 12, 10)):
        font(known[name], "黑体", size, colour=NAVY)
        known[name].paragraph_format.space_before = Pt(before)
        known[name].paragraph_format.space_after = Pt(6)
        known[name].paragraph_format.keep_with_next = True
    font(known["Title"], "黑体", 30, colour=NAVY)
    known["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = known["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        known["Title"].element.pPr.remove(border)
    for name, east, size, latin in PARAGRAPHS:
        style = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = known["Normal"]
        font(style, east, size, latin=latin, colour=SOFT if name in ("XW Small", "XW Lead") else None)
        form = style.paragraph_format
        form.line_spacing = 1.15 if name != "XW Cover" else 1.5
        form.space_after = Pt({"XW Verdict": 6, "XW Contents": 16, "XW Small": 4}.get(name, 1.5))
        form.space_before = Pt(4 if name == "XW Small" else 1.5)
        form.keep_with_next = name == "XW Lead"
        if name in ("XW Center", "XW Contents"):
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if name == "XW Raw":
            child(style.element.get_or_add_pPr(), "w:shd", val="clear", color="auto", fill="F3F5F7")


def child(parent: Any, tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def field(paragraph: Any, code: str) -> None:
    """A Word field (PAGE, NUMPAGES) as one run with begin, code and end."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "code":
            child(run._r, "w:instrText", space="preserve").text = f" {code} "
        elif kind == "shown":
            run.text = "1"
        else:
            child(run._r, "w:fldChar", fldCharType=kind)


def shape(table: Any, widths: list[float], *, grid: bool) -> None:
    """Preferred column widths in cm (a word that does not fit widens its column), thin lines.

    `grid` also draws the strong rules above and below.
    """
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, True
    properties = table._tbl.tblPr
    borders = child(properties, "w:tblBorders")
    strong = {"val": "single", "sz": "10", "color": "1F3A5F", "space": "0"}
    thin = {"val": "single", "sz": "4", "color": RULE, "space": "0"}
    child(borders, "w:top", **(strong if grid else thin))
    child(borders, "w:bottom", **(strong if grid else thin))
    child(borders, "w:insideH", **thin)
    margins = child(properties, "w:tblCellMar")
    for side in ("left", "right"):
        child(margins, f"w:{side}", w="70", type="dxa")
    for column, width in enumerate(widths):
        table.columns[column].width = Cm(width)
        for row in table.rows:
            row.cells[column].width = Cm(width)


def write(cell: Any, text: str, style: str = "XW Table") -> None:
    """Lines of `text` as paragraphs of the cell; a line that starts with ~ is raw text, a cell with ^ is centred."""
    if text.startswith("^"):
        text, style = text[1:], "XW Center"
    for index, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = "XW Raw" if line.startswith("~") else style
        paragraph.add_run(line.removeprefix("~"))


def table(document: Any, loop: str, columns: list[tuple[str, str, float]]) -> None:
    """A table whose body row repeats: (head, cell, share of the width). The head row repeats on every page."""
    total = sum(share for _, _, share in columns)
    widths = [WIDTH * share / total for _, _, share in columns]
    made = document.add_table(rows=4, cols=len(columns))
    shape(made, widths, grid=True)
    head, opening, body, closing = made.rows
    row = head._tr.get_or_add_trPr()
    child(row, "w:cantSplit")
    child(row, "w:tblHeader")
    child(body._tr.get_or_add_trPr(), "w:cantSplit")
    for index, (title, text, _) in enumerate(columns):
        write(head.cells[index], "{{ " + title + " }}", "XW Head")
        if text.startswith("^"):
            head.cells[index].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        shading = {"val": "clear", "color": "auto", "fill": PALE}
        child(head.cells[index]._tc.get_or_add_tcPr(), "w:shd", **shading)
        write(body.cells[index], text)
    write(opening.cells[0], "{%tr for " + loop + " %}")
    write(closing.cells[0], "{%tr endfor %}")


def pairs(document: Any, loop: str, label: float = 4.2, style: str = "XW Table", width: float = WIDTH) -> None:
    """A table of label and value without a head."""
    made = document.add_table(rows=3, cols=2)
    shape(made, [label, width - label], grid=False)
    write(made.rows[0].cells[0], "{%tr for " + loop + " %}")
    write(made.rows[1].cells[0], "{{ p.label }}", style)
    write(made.rows[1].cells[1], "{{r p.value }}", style)
    write(made.rows[2].cells[0], "{%tr endfor %}")


def col(name: str) -> str:
    return f"t('column.{name}')"


def say(document: Any, text: str, style: str | None = None) -> Any:
    return document.add_paragraph(text, style)


def otherwise(document: Any, key: str) -> None:
    """The sentence in place of what the open `if` would have shown, and the end of it."""
    for line in ("{%p else %}", f"{{{{ t('{key}') }}}}", "{%p endif %}"):
        say(document, line)


def chapter(document: Any, name: str) -> None:
    document.add_heading(f"{{{{ chapter.{name} }}}}", 1)


def heading(document: Any, name: str, level: int = 2) -> None:
    document.add_heading(f"{{{{ t('heading.{name}') }}}}", level)
