"""Two languages, both whole: same keys, same placeholders, and no Chinese of ours in an English report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from unit.render.reading import book, docx_text, page, pdf_text
from xunwei.catalogue import catalogue
from xunwei.errors import InputError
from xunwei.render import render, templates_dir
from xunwei.words import Lifecycle, Severity, Status, Verdict

CJK = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def placeholders(text: str) -> set[str]:
    return {name.split(":")[0] for _, name, _, _ in Formatter().parse(text) if name}


def test_catalogues_match() -> None:
    zh, en = catalogue("zh").messages, catalogue("en").messages
    assert zh.keys() == en.keys()
    for key in zh:
        assert placeholders(zh[key]) == placeholders(en[key]), key
        assert zh[key].strip(), key
        assert en[key].strip(), key
        assert not CJK.search(en[key]), key


@pytest.mark.parametrize(
    ("family", "enum"), [("status", Status), ("verdict", Verdict), ("severity", Severity), ("life", Lifecycle)]
)
def test_every_word_of_the_engine_has_one_here(family: str, enum: type) -> None:
    for lang in ("zh", "en"):
        for member in enum:  # type: ignore[attr-defined]
            assert f"{family}.{member.value}" in catalogue(lang).messages


def test_every_class_of_the_inventory_has_a_word() -> None:
    from xunwei.inventory import CLASSES

    for lang in ("zh", "en"):
        assert {f"class.{name}" for name in CLASSES} <= catalogue(lang).messages.keys()


def test_the_words_of_the_contract() -> None:
    t = catalogue("zh")
    verdicts = ("pass", "warn", "fail", "not_collected", "not_applicable", "waived", "manual")
    assert [t(f"verdict.{v}") for v in verdicts] == [
        "正常", "关注", "异常", "未检", "不适用", "已豁免", "人工"]  # fmt: skip
    assert [t(f"severity.{s}") for s in ("critical", "major", "minor")] == ["严重", "重要", "一般"]
    overall = [t(f"conclusion.{c}") for c in ("normal", "attention", "abnormal")]
    assert overall == [
        "运行正常",
        "基本正常（有关注项）",
        "存在异常",
    ]


def test_templates_and_sources_use_keys_that_exist() -> None:
    sources = [*templates_dir().iterdir(), *Path(__file__).parents[3].glob("src/xunwei/render/*.py")]
    used = set()
    for path in sources:
        if path.suffix in (".py", ".j2", ".typ"):
            text = path.read_text(encoding="utf-8")
            used |= set(re.findall(r"\bt\(\s*[\"']([a-z_]+\.[a-z_.]+[a-z])[\"']", text))
    assert len(used) > 80
    assert used <= catalogue("zh").messages.keys()


def test_english_report_has_no_chinese(plain_reports: dict[str, Path], which: Callable[[str], bool]) -> None:
    texts = {"html": plain_reports["html"].read_text(encoding="utf-8"), "docx": docx_text(plain_reports["docx"]),
             "json": plain_reports["json"].read_text(encoding="utf-8")}  # fmt: skip
    if which("pdftotext"):
        texts["pdf"] = pdf_text(plain_reports["pdf"])
    workbook = book(plain_reports["xlsx"])
    cells = [str(c.value) for sheet in workbook for row in sheet.iter_rows() for c in row]
    texts["xlsx"] = "\n".join([*workbook.sheetnames, *cells])
    for name, text in texts.items():
        found = CJK.search(text)
        assert found is None, (name, text[max(0, found.start() - 40) : found.end() + 40])
        assert "Inspection Report" in text, name
        assert "Not inspected" in text, name
    assert page(plain_reports["html"]).elements[0] == ("html", {"lang": "en"})
    assert json.loads(texts["json"])["lang"] == "en"


def test_english_of_a_chinese_run_keeps_only_names(run_dir: Path, tmp_path: Path) -> None:
    (made,) = render(run_dir, ["html"], "en", tmp_path)
    html = page(made)
    headings = [text for _, text in html.headings]
    assert "1. Overview" in headings
    assert not any(CJK.search(h) for h in headings)


def test_the_runs_own_language_is_the_default(run_dir: Path, tmp_path: Path) -> None:
    (made,) = render(run_dir, ["json"], "", tmp_path)
    assert json.loads(made.read_text(encoding="utf-8"))["title"] == "运行巡检报告"


def test_unknown_language(run_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no language"):
        render(run_dir, ["json"], "fr", tmp_path)
