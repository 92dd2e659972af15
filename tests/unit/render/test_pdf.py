"""The PDF: archived form, Chinese fonts only, rare characters, nothing of a device interpreted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from golden import estate
from golden.make_run import make_run
from unit.render.reading import pdf_text
from unit.render.test_run import resealed
from xunwei.errors import InputError
from xunwei.render import fonts, render
from xunwei.render.cmap import Coverage, ranges
from xunwei.render.shapes import View
from xunwei.render.text import clean
from xunwei.render.to_pdf import tree
from xunwei.render.view import load

CJK = re.compile(r"\+(NotoS(ans|erif)(Mono)?CJK|SourceHan|WenQuanYi)", re.IGNORECASE)


@pytest.fixture(autouse=True)
def poppler(which: Callable[[str], bool]) -> None:
    if not which("pdftotext"):
        pytest.skip("no poppler")


def test_only_chinese_fonts_and_all_embedded(reports: dict[str, Path]) -> None:
    done = subprocess.run(["pdffonts", str(reports["pdf"])], capture_output=True, check=True, text=True, timeout=60)
    listed = done.stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert CJK.search(line), line
        assert re.search(r"\byes yes yes\b", line), line  # embedded, subset, with Unicode map


def test_bundled_font_is_enough(run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "SYSTEM", ())
    (made,) = render(run_dir, ["pdf"], "zh", tmp_path)
    done = subprocess.run(["pdffonts", str(made)], capture_output=True, check=True, text=True, timeout=60)
    names = {line.split()[0].split("+")[1] for line in done.stdout.splitlines()[2:]}
    assert names == {"NotoSansCJKsc-Regular-Identity-H", "NotoSansMonoCJKsc-Regular-Identity-H"}
    assert all(char in pdf_text(made) for char in "㙍䶮〇℃①")


def test_it_is_an_archive_file(reports: dict[str, Path], view: View) -> None:
    data = reports["pdf"].read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in data
    assert view.finished_time.strftime("%Y-%m-%d").encode() in data or b"2026-11-22" in data


def test_rare_characters(reports: dict[str, Path]) -> None:
    text = pdf_text(reports["pdf"])
    for char in "㙍䶮〇℃①":
        assert char in text, char
    covered = Coverage(fonts.find().files)
    assert all(covered.has(char) for char in "㙍䶮𬭚〇℃①②③巡维" + "abc")


def test_characters_no_font_has_are_named() -> None:
    covered = Coverage(fonts.find().files)
    assert not covered.has("\U0001f600")
    assert covered.shown("a\U0001f600中") == "a\\u1f600中"
    assert tree({"k": ["\U0001f600"]}, covered) == {"k": ["\\u1f600"]}


def test_a_file_that_is_no_font_covers_nothing() -> None:
    assert ranges(Path(__file__)) == []


def test_pages_are_numbered_and_words_can_be_searched(reports: dict[str, Path], view: View) -> None:
    text = pdf_text(reports["pdf"])
    pages = text.count("\f")
    assert f"第 {pages} 页 共 {pages} 页" in text
    assert "第 2 页" in text
    assert "\u200b" not in text
    assert view.findings[0].rule.id in text
    assert view.digest[:32] in text.replace("\n", "")


def test_every_present_finding_is_there(reports: dict[str, Path], view: View) -> None:
    flat = re.sub(r"\s", "", pdf_text(reports["pdf"]))
    for finding in view.findings:
        assert finding.asset in flat
        assert re.sub(r"\s", "", finding.proof.text) in flat, finding.proof.text


def test_hostile_text_is_not_typeset(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", 60, 12, seed=5)
    (made,) = render(run, ["pdf"], "zh", tmp_path / "out")
    flat = re.sub(r"\s", "", pdf_text(made))
    quoted = {f.proof.text for f in load(run).findings} & {clean(line) for line in estate.HOSTILE}
    assert quoted
    for line in quoted:
        assert re.sub(r"\s", "", line) in flat, line


def test_long_words_stay_on_the_page(run_dir: Path, tmp_path: Path) -> None:
    """Paths, hashes and names without a space break inside their cells instead of running over the next ones."""

    def stretch(files: dict[str, Any]) -> None:
        for number, finding in enumerate(files["findings.json"]):
            finding["measured"] = ("y" * 90, "/".join(["srv"] * 30), "f0" * 32)[number % 3]
            finding["evidence"] = {**finding["evidence"], "text": "z" * 200, "ask": "cat " + "w" * 120}

    (made,) = render(resealed(run_dir, tmp_path / "long", stretch), ["pdf"], "zh", tmp_path / "out")
    done = subprocess.run(
        ["pdftotext", "-bbox", str(made), "-"], capture_output=True, check=True, text=True, timeout=60
    )
    edges = [float(edge) for edge in re.findall(r'<word xMin="[^"]*" yMin="[^"]*" xMax="([^"]*)"', done.stdout)]
    assert max(edges) <= 595.3 - 20 / 25.4 * 72 + 1  # A4 less the right margin, in points
    assert "y" * 90 in re.sub(r"\s", "", pdf_text(made))


def test_long_tables_are_left_to_the_ledger_and_that_is_said(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", 60, 80, seed=2)
    view = load(run)
    assert len(view.findings) > 300
    (made,) = render(run, ["pdf"], "zh", tmp_path / "out")
    flat = re.sub(r"\s", "", pdf_text(made))
    assert f"其余{len(view.findings) - 300}条问题以简表列出" in flat
    assert "超过300行的明细表不在PDF中列出" in flat
    assert all(asset.name in flat for asset in view.assets)


def test_font_without_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    face = fonts.find(system=False)
    assert face.body == ("Noto Sans CJK SC",)
    assert face.mono[0] == "Noto Sans Mono CJK SC"
    assert not face.bold
    monkeypatch.setattr(fonts, "SYSTEM", (str(tmp_path),))
    (tmp_path / "NotoSerifCJK-Regular.ttc").write_bytes(fonts.bundled().read_bytes())
    assert [p.name for p in fonts.system_files()] == ["NotoSerifCJK-Regular.ttc"]
    (tmp_path / "NotoSerifCJK-Regular.ttc").write_bytes(b"not a font")
    assert fonts.find().body == ("Noto Sans CJK SC",)


def test_broken_template_is_named(run_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "inspection.typ").write_text("#nothing-like-it", encoding="utf-8")
    with pytest.raises(InputError, match=r"inspection\.typ"):
        render(run_dir, ["pdf"], "zh", tmp_path / "out", templates=tmp_path)
