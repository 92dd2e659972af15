"""Templates are found, files are whole, libraries load only when asked for, text is made safe, charts are sound."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from golden.make_run import make_run
from xunwei.errors import InputError
from xunwei.render import charts, files, render, templates_dir
from xunwei.render.files import normalise_zip, template, write_atomic
from xunwei.render.shapes import View
from xunwei.render.text import LONGEST, clean, clean_all, needs_cleaning
from xunwei.render.view import load


def test_templates_of_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(files.ENVIRONMENT, raising=False)
    folder = templates_dir()
    assert folder == Path(__file__).resolve().parents[3] / "reports" / "templates"
    assert {"inspection.docx", "inspection.typ", "report.html.j2", "report.css", "report.js"} <= {
        p.name for p in folder.iterdir()
    }


def test_templates_by_environment_and_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.ENVIRONMENT, str(tmp_path))
    assert templates_dir() == tmp_path
    other = tmp_path / "other"
    with pytest.raises(InputError, match="no such folder"):
        templates_dir(other)
    other.mkdir()
    assert templates_dir(other) == other
    (other / "report.css").write_text("b{}")
    assert template("report.css", other) == other / "report.css"
    assert template("report.js", other).parent == files.checkout_templates()
    with pytest.raises(InputError, match="is missing"):
        template("nothing.typ", other)


def test_unknown_format(run_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown report format 'odt'"):
        render(run_dir, ["html", "odt"], "zh", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_formats_come_back_in_the_order_asked(run_dir: Path, tmp_path: Path) -> None:
    made = render(run_dir, ["json", "html", "json"], "zh", tmp_path / "a" / "b")
    assert [p.name for p in made] == ["report.json", "report.html"]
    assert sorted(p.name for p in (tmp_path / "a" / "b").iterdir()) == ["report.html", "report.json"]


def test_one_format_that_fails_leaves_all_old_files(run_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    render(run_dir, ["json"], "zh", out)
    before = (out / "report.json").read_bytes()
    (tmp_path / "inspection.typ").write_text("#nothing")
    with pytest.raises(InputError):
        render(run_dir, ["json", "pdf"], "en", out, templates=tmp_path)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {"report.json": before}


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = write_atomic(tmp_path / "report.json", b"old")

    def refuse(self: Path, other: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(target, b"new")
    monkeypatch.undo()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("report.json", b"old")]
    assert target.stat().st_mode & 0o007 == 0


def test_libraries_are_loaded_only_when_asked(run_dir: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import xunwei.render as r; "
        "heavy = ('docx', 'docxtpl', 'xlsxwriter', 'typst', 'jinja2', 'lxml'); "
        "assert not [m for m in heavy if m in sys.modules]; "
        "r.render(Path(sys.argv[1]), ['json'], 'zh', Path(sys.argv[2])); "
        "assert not [m for m in heavy if m in sys.modules], sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", script, str(run_dir), str(tmp_path)], check=True, timeout=60)


def test_zip_times_are_those_of_the_run(reports: dict[str, Path]) -> None:
    for name in ("docx", "xlsx"):
        with zipfile.ZipFile(reports[name]) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2026, 11, 23, 2, 7, 40)}


def test_zip_cannot_be_older_than_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x", "y")
    data = normalise_zip((tmp_path / "a.zip").read_bytes(), datetime(1970, 1, 1, tzinfo=UTC))
    (tmp_path / "b.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
        assert archive.read("x") == b"y"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain 中文\t\n", "plain 中文\t\n"), ("\x1b[31m", "\\x1b[31m"), ("a\x00b", "a\\x00b"),
        ("\u202egnp", "\\u202egnp"),
        ("\ud800", "\\ud800"), ("\u2028", "\\u2028"), ("\ufeffx", "\\ufeffx"), ("\x85", "\\x85"), ("\r\n", "\\x0d\n"),
    ],
)  # fmt: skip
def test_clean(raw: str, shown: str) -> None:
    assert clean(raw) == shown
    assert clean_all({"k": [raw, 1, None]}) == {"k": [shown, 1, None]}
    assert needs_cleaning(raw) == (raw != shown)


def test_escapes_of_json_are_seen() -> None:
    assert needs_cleaning('"\\u001b"')
    assert needs_cleaning('"\\ud83d"')
    assert needs_cleaning('"\\u202E"')
    assert not needs_cleaning('"\\u4e2d plain"')
    assert clean("x" * (LONGEST + 5)) == "x" * LONGEST + " …"
    assert needs_cleaning("x" * (LONGEST + 5))


def test_charts_are_xml_without_style_or_script(view: View) -> None:
    for name, svg in view.charts.items():
        for node in ET.fromstring(svg).iter():
            assert node.tag.split("}")[1] in ("svg", "rect", "text", "path", "circle"), name
            assert not [key for key in node.attrib if key == "style" or key.startswith("on")]


def test_charts_add_up(view: View) -> None:
    bars = ET.fromstring(view.charts["classes"])
    texts = [node.text for node in bars.iter("{http://www.w3.org/2000/svg}text")]
    for row in view.classes:
        assert str(row.assets) in texts
    donut = charts.severity_donut(view)
    assert f">{len(view.findings)}<" in donut


def test_charts_of_a_hostile_class_and_of_nothing(tmp_path: Path) -> None:
    view = load(make_run(tmp_path, 10, 2, healthy=True, history=0))
    view.classes[0].title = "<script>&\"'"
    svg = charts.class_bars(view)
    assert "<script" not in svg
    assert ET.fromstring(svg) is not None
    assert ">0<" in charts.severity_donut(view)
    assert len(view.history) == 1
    assert ET.fromstring(charts.trend(view)) is not None
    view.classes.clear()
    view.history.clear()
    assert ET.fromstring(charts.class_bars(view)) is not None
    assert ET.fromstring(charts.trend(view)) is not None
