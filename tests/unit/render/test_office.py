"""The office formats: a ledger with typed cells, a Word report that can be signed and edited."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from golden import estate
from unit.render.reading import book, docx_tables, docx_text, rows
from xunwei.errors import InputError
from xunwei.render import render, templates_dir
from xunwei.render.shapes import View
from xunwei.render.text import clean
from xunwei.render.to_xlsx import LONGEST

SHEETS = ["概况", "问题清单", "资产清单", "检查结果", "未检清单", "豁免", "历史"]


def test_sheets_are_tables(reports: dict[str, Path]) -> None:
    workbook = book(reports["xlsx"])
    assert workbook.sheetnames == SHEETS
    for name in SHEETS[1:]:
        sheet = workbook[name]
        assert str(sheet.freeze_panes).endswith("2"), name
        assert sheet.auto_filter.ref == sheet.dimensions, name
        assert all(sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[1]), name
        assert sheet.print_title_rows == "$1:$1"
    assert workbook["检查结果"].conditional_formatting
    assert workbook["问题清单"].conditional_formatting
    assert len(workbook["概况"]._charts) == 2


def test_no_cell_is_a_formula_link_or_blank(reports: dict[str, Path]) -> None:
    workbook = book(reports["xlsx"])
    texts = set()
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell
                assert cell.hyperlink is None, cell
                if sheet.title != "概况":
                    assert cell.value not in (None, "", "-"), (sheet.title, cell.coordinate)
                texts.add(cell.value)
    for line in estate.HOSTILE:
        assert clean(line) in texts, line
    for line in [h for h in estate.HOSTILE if h[0] in "=+-@"]:
        cells = [c for row in workbook["检查结果"].iter_rows() for c in row if c.value == clean(line)]
        assert cells
        assert all(c.data_type == "s" for c in cells)


def test_cells_are_typed(reports: dict[str, Path], view: View) -> None:
    workbook = book(reports["xlsx"])
    finding, asset, past = (rows(workbook[name])[0] for name in ("问题清单", "资产清单", "历史"))
    assert isinstance(finding["首次发现"], datetime)
    assert isinstance(finding["持续周数"], int)
    assert isinstance(asset["检查项数"], int)
    assert isinstance(asset["耗时（秒）"], float)
    assert past["完成时间"] == view.history[0].time.replace(tzinfo=None, microsecond=0)
    assert {type(row["有效期至"]) for row in rows(workbook["豁免"])} == {datetime}


def test_results_sheet_is_the_whole_matrix(reports: dict[str, Path], view: View) -> None:
    listed = rows(book(reports["xlsx"])["检查结果"])
    assert [(r["对象"], r["规则"], r["结论"], r["实测"]) for r in listed] == [
        (row.asset, row.rule.id, row.word, row.shown) for row in view.rows
    ]


def test_word_report_is_laid_out(reports: dict[str, Path], view: View) -> None:
    document = docx.Document(str(reports["docx"]))
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert chapters[0] == "一、巡检概况"
    assert chapters[-1] == "十、签署"
    assert len(chapters) == 10
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert view.doc_no in section.header.paragraphs[0].text
    codes = [n.text.strip() for n in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[0].text.startswith("第 ")
    for name, east in (("Normal", "仿宋"), ("Heading 1", "黑体"), ("XW Table", "宋体")):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == east
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    grids = [
        t for t in document.tables if t._tbl.find(qn("w:tr")).find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(grids) > 10
    assert len(document.inline_shapes) == 3


def test_word_report_says_what_devices_said(reports: dict[str, Path], view: View) -> None:
    text = docx_text(reports["docx"])
    assert "49" not in re.findall(r"\{\{ *7 ?\* ?7|cmd -cmd (\S+)", text)
    shown = [f for f in view.findings if f.proof.text in {clean(line) for line in estate.HOSTILE}]
    for finding in view.findings:
        assert finding.proof.text.replace("\t", "") in text.replace("\t", ""), finding.proof.text
    assert shown or len(view.findings) < 50


def test_what_people_must_fill_in_is_marked(reports: dict[str, Path]) -> None:
    with zipfile.ZipFile(reports["docx"]) as archive:
        body = archive.read("word/document.xml").decode()
    marked = re.findall(r'<w:shd w:fill="FFF1A6"/></w:rPr><w:t[^>]*>([^<]*)<', body)
    assert "（待填写）" in marked
    assert "待人工填写" in marked


def test_hostile_evidence_survives_word(tmp_path: Path) -> None:
    """Every hostile line as the evidence of a finding, so that it goes through the template engine of docxtpl."""
    from golden.make_run import make_run
    from unit.render.test_run import resealed

    def plant(files: dict[str, object]) -> None:
        findings = [f for f in files["findings.json"] if f["lifecycle"] != "fixed" and not f["waived"]]  # type: ignore[attr-defined]
        for index, line in enumerate(estate.HOSTILE):
            findings[index]["evidence"] = {**findings[index]["evidence"], "text": line}
            findings[index]["measured"] = line

    run = resealed(make_run(tmp_path / "a", 30, 6, seed=7), tmp_path / "b", plant)
    for path in render(run, ["docx", "pdf", "html", "xlsx"], "zh", tmp_path / "out"):
        if path.suffix == ".docx":
            cells = {cell for table in docx_tables(path) for row in table for cell in row}
            for line in estate.HOSTILE:
                assert any(clean(line) in cell for cell in cells), line


def test_template_is_what_its_script_makes() -> None:
    """The committed template can be made again; one that an office changed lives in a folder of its own."""
    spec = importlib.util.spec_from_file_location("make_docx_template", templates_dir() / "make_docx_template.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with (
        zipfile.ZipFile(io.BytesIO(module.make())) as made,
        zipfile.ZipFile(templates_dir() / "inspection.docx") as kept,
    ):
        assert made.namelist() == kept.namelist()
        for name in made.namelist():
            assert made.read(name) == kept.read(name), name


def test_office_can_edit_the_template(run_dir: Path, tmp_path: Path) -> None:
    document = docx.Document(str(templates_dir() / "inspection.docx"))
    document.paragraphs[0].text = "本单位自己的页眉 {{ v.doc_no }}"
    document.save(str(tmp_path / "inspection.docx"))
    (made,) = render(run_dir, ["docx"], "zh", tmp_path / "out", templates=tmp_path)
    assert "本单位自己的页眉 XJ-2026-W48-7f3a9c" in docx_text(made)


def test_broken_word_template_is_named(run_dir: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ v.no_such_thing }}")
    document.save(str(tmp_path / "inspection.docx"))
    with pytest.raises(InputError, match="no_such_thing"):
        render(run_dir, ["docx"], "zh", tmp_path / "out", templates=tmp_path)
    shutil.copyfile(__file__, tmp_path / "inspection.docx")
    with pytest.raises(InputError, match="not a Word document"):
        render(run_dir, ["docx"], "zh", tmp_path / "out", templates=tmp_path)


def test_cell_limit_is_excels() -> None:
    assert LONGEST == 32_767
