"""One run, five formats, the same numbers; the same run, the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from unit.render.reading import book, docx_tables, docx_text, page, pdf_text, rows
from xunwei.render import FORMATS, render
from xunwei.render.shapes import View

BUCKETS = ("pass", "warn", "fail", "not_collected")


@pytest.fixture(scope="module")
def document(reports: dict[str, Path]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(reports["json"].read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def flat(reports: dict[str, Path]) -> dict[str, str]:
    """The text of the three formats for people, without white space."""
    texts = {"html": page(reports["html"]).text, "docx": docx_text(reports["docx"]), "pdf": pdf_text(reports["pdf"])}
    return {name: re.sub(r"\s", "", text) for name, text in texts.items()}


def test_json_counts_are_those_of_its_own_rows(document: dict[str, Any]) -> None:
    assert document["schema"] == "xunwei.report/1"
    assert document["counts"]["verdicts"] == dict(Counter(r["verdict"] for r in document["verdicts"]))
    assert document["scope"]["assets"] == len(document["assets"]) == sum(c["assets"] for c in document["classes"])
    severities = Counter(f["severity"] for f in document["findings"])
    assert document["counts"]["findings"] == {s: severities[s] for s in ("critical", "major", "minor")}
    assert document["history"][-1]["findings"] == dict(severities)
    assert document["history"][-1]["current"]


def test_sentences_are_the_same_everywhere(
    document: dict[str, Any], flat: dict[str, str], reports: dict[str, Path]
) -> None:
    overview = {str(c.value) for row in book(reports["xlsx"])["概况"].iter_rows() for c in row}
    for line in [*document["conclusion"]["text"], document["conclusion"]["word"], document["report_id"]]:
        assert line in overview
        for name, text in flat.items():
            assert re.sub(r"\s", "", line) in text, (name, line)
    for text in flat.values():
        assert document["data_sha256"] in text
    assert document["data_sha256"] in overview


def test_matrix_by_class_agrees(document: dict[str, Any], reports: dict[str, Path]) -> None:
    wanted = [
        [c["title"], str(c["assets"]), *(str(c["objects"][b]) for b in BUCKETS), c["word"]] for c in document["classes"]
    ]
    word = next(t for t in docx_tables(reports["docx"]) if t[0][:2] == ["类别", "对象数"])
    assert word[1:] == wanted
    sheet = book(reports["xlsx"])["概况"]
    lines = [[str(v) for v in row[:7]] for row in sheet.iter_rows(values_only=True)]
    start = next(i for i, line in enumerate(lines) if line[:2] == ["类别", "对象数"])
    assert lines[start + 1 : start + 1 + len(wanted)] == wanted
    raw = pdf_text(reports["pdf"])
    for line in wanted:
        assert " ".join(line) in re.sub(r"\s+", " ", raw), line
    html = [
        re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", reports["html"].read_text(encoding="utf-8"))
    ]
    for line in wanted:
        assert any([cell for cell in row.split("|") if cell] == line for row in html), line


def test_findings_agree(document: dict[str, Any], reports: dict[str, Path], view: View) -> None:
    wanted = [(f["number"], f["asset"], f["title"]) for f in document["findings"]]
    listed = [r for r in rows(book(reports["xlsx"])["问题清单"]) if isinstance(r["序号"], int)]
    assert [(r["序号"], r["对象"], r["检查项"]) for r in listed] == wanted
    numbers = [a["id"] for _, a in page(reports["html"]).elements if a.get("id", "").startswith("f-")]
    assert numbers == [f"f-{n}" for n, _, _ in wanted]
    word = [row for t in docx_tables(reports["docx"]) if t[0][0] == "序号" and "实测" in t[0] for row in t[1:]]
    assert [(int(r[0]), r[1].split("\n")[0]) for r in word] == [(n, asset) for n, asset, _ in wanted]


def test_denominator_is_in_every_format(
    document: dict[str, Any], reports: dict[str, Path], flat: dict[str, str]
) -> None:
    names = [a["name"] for a in document["assets"]]
    assert [r["对象"] for r in rows(book(reports["xlsx"])["资产清单"])] == names
    word = next(t for t in docx_tables(reports["docx"]) if "已判定" in t[0])
    assert [row[1] for row in word[1:]] == names
    assert [row[5:7] for row in word[1:]] == [[str(a.items), str(a.judged)] for a in _assets(document)]
    unreached = [a for a in document["assets"] if a["state"] == "unreachable"]
    assert unreached
    for asset in unreached:
        for name, text in flat.items():
            assert re.sub(r"\s", "", asset["note"]) in text, name


class _Counts:
    def __init__(self, verdicts: dict[str, int]) -> None:
        self.items = sum(verdicts.values()) - verdicts.get("not_applicable", 0)
        self.judged = sum(verdicts.get(v, 0) for v in ("pass", "warn", "fail", "waived"))


def _assets(document: dict[str, Any]) -> list[_Counts]:
    return [_Counts(a["verdicts"]) for a in document["assets"]]


def test_not_inspected_agrees(document: dict[str, Any], reports: dict[str, Path]) -> None:
    long = rows(book(reports["xlsx"])["未检清单"])
    listed = Counter(r["对象"] for r in long)
    wanted: Counter[str] = Counter()
    for missing in document["not_inspected"]:
        wanted[missing["asset"]] += max(len(missing["checks"]), 1)
    assert listed == wanted
    assert len(long) >= document["scope"]["not_collected"] + document["scope"]["manual"]


def test_same_run_same_bytes(run_dir: Path, reports: dict[str, Path], tmp_path: Path) -> None:
    """In another process with another hash seed, another time zone and from another folder name."""
    script = (
        "import sys; from pathlib import Path; from xunwei.render import FORMATS, render; "
        "render(Path(sys.argv[1]), FORMATS, 'zh', Path(sys.argv[2]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C"}
    command = [sys.executable, "-c", script, str(run_dir), str(tmp_path)]
    subprocess.run(command, env=environment, check=True, timeout=120)
    for name in FORMATS:
        first, second = (
            hashlib.sha256(p.read_bytes()).hexdigest() for p in (reports[name], tmp_path / f"report.{name}")
        )
        assert first == second, name


def test_reports_do_not_depend_on_each_other(run_dir: Path, reports: dict[str, Path], tmp_path: Path) -> None:
    (alone,) = render(run_dir, ["xlsx"], "zh", tmp_path)
    assert alone.read_bytes() == reports["xlsx"].read_bytes()
