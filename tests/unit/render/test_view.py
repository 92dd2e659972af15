"""The view model: counts, words, conclusion. What was not seen never looks healthy."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from golden.make_run import make_run
from unit.render.test_run import resealed
from xunwei.catalogue import catalogue
from xunwei.render.front import short_id
from xunwei.render.shapes import View
from xunwei.render.summary import _natural, conclude
from xunwei.render.view import load
from xunwei.render.wording import Clock, worst


def test_everything_is_recounted_from_the_files(run_dir: Path, view: View) -> None:
    verdicts = json.loads((run_dir / "verdicts.json").read_text(encoding="utf-8"))
    counts = Counter(row["verdict"] for row in verdicts)
    assert view.verdicts == counts
    assert view.scope.assets == 30
    assert view.scope.reached + view.scope.not_reached == 30
    assert view.scope.items == counts.total() - counts["not_applicable"]
    assert view.scope.judged + view.scope.not_collected + view.scope.manual == view.scope.items
    assert sum(c.assets for c in view.classes) == 30
    for row in view.classes:
        assert sum(row.buckets.values()) == row.assets
    findings = json.loads((run_dir / "findings.json").read_text(encoding="utf-8"))
    present = [f for f in findings if f["lifecycle"] != "fixed" and not f["waived"]]
    assert [f.number for f in view.findings] == list(range(1, len(present) + 1))
    assert {f.id for f in view.findings} == {f["id"] for f in present}
    assert sum(n for _, _, n in view.severities) == len(present) == sum(b.count for b in view.blocks)
    assert not view.notices


def test_document_number_uses_the_local_iso_week(view: View) -> None:
    # Sunday 22 November 18:07 UTC is Monday of the next ISO week in Shanghai.
    assert view.doc_no == "XJ-2026-W48-7f3a9c"
    assert view.finished == "2026-11-23 02:07:41"


def test_special_inspection(run_dir: Path, tmp_path: Path) -> None:
    view = load(resealed(run_dir, tmp_path / "tx", lambda f: f["run.json"].update(title_kind="special", seq=3)))
    assert (view.doc_no, view.title) == ("TX-2026-W48-003", "特巡特维报告")


@pytest.mark.parametrize(
    ("run_id", "short"), [("20261125T094215Z-5365", "5365"), ("ab", "ab"), ("--", "000"), ("x" * 40, "x" * 8)]
)
def test_short_id(run_id: str, short: str) -> None:
    assert short_id(run_id) == short


@pytest.mark.parametrize(
    ("counts", "bucket"),
    [
        ({"pass": 3}, "pass"), ({"pass": 3, "warn": 1}, "warn"), ({"pass": 3, "warn": 1, "fail": 1}, "fail"),
        ({"pass": 3, "not_collected": 1}, "not_collected"), ({"warn": 1, "not_collected": 9}, "warn"),
        ({"pass": 3, "manual": 1}, "not_collected"), ({"pass": 3, "waived": 1}, "pass"),
        ({"not_applicable": 3}, "not_applicable"), ({}, "not_collected"),
    ],
)  # fmt: skip
def test_worst(counts: dict[str, int], bucket: str) -> None:
    assert worst(Counter(counts)) == bucket


def test_healthy_run_is_normal(tmp_path: Path) -> None:
    view = load(make_run(tmp_path, 10, 3, healthy=True, history=0))
    assert (view.conclusion, view.conclusion_word) == ("normal", "运行正常")
    assert view.scope.coverage == 100.0
    assert not view.findings
    assert not view.missing
    assert view.comparison_text == "首次巡检，没有上次结果可比。"


def verdict_of(tmp_path: Path, name: str, change: Any) -> View:
    healthy = make_run(tmp_path / "healthy", 10, 3, healthy=True)
    return load(resealed(healthy, tmp_path / name, change))


@pytest.mark.parametrize(
    ("verdict", "conclusion", "word"),
    [("fail", "abnormal", "存在异常"), ("warn", "attention", "基本正常（有关注项）"), ("waived", "normal", "运行正常")],
)
def test_one_bad_check_decides(tmp_path: Path, verdict: str, conclusion: str, word: str) -> None:
    view = verdict_of(tmp_path, verdict, lambda f: f["verdicts.json"][0].update(verdict=verdict))
    assert (view.conclusion, view.conclusion_word) == (conclusion, word)
    assert view.clauses[0].bucket in ("fail", "warn", "pass")
    assert sum(c.buckets["pass"] for c in view.classes) == (10 if verdict == "waived" else 9)


def test_one_check_not_seen_is_never_normal(tmp_path: Path) -> None:
    def unseen(files: dict[str, Any]) -> None:
        files["verdicts.json"][0] |= {"verdict": "not_collected", "reason": {"code": "null_fact", "fact": "a.b"}}

    view = verdict_of(tmp_path, "unseen", unseen)
    assert view.conclusion == "attention"
    first = view.assets[0]
    assert (first.bucket, first.word, first.core) == ("not_collected", "部分未检", True)
    assert any(line.startswith("核心对象有未检项 1 个：app-1") for line in view.conclusion_text)
    assert view.scope.coverage < 100
    assert first.rows[0].shown == "未检（未取得数值：a.b）"
    assert view.notices  # run.json's own counts now say something else


def test_an_object_that_was_not_reached_is_never_normal_even_when_its_verdicts_say_so(tmp_path: Path) -> None:
    view = verdict_of(tmp_path, "dead", lambda f: f["assets.json"][0].update(state="unreachable", reason="no route"))
    assert view.assets[0].bucket == "not_collected"
    assert view.assets[0].note.startswith("无法连接：no route")
    assert view.conclusion == "attention"
    assert view.scope.not_reached == 1


def test_no_conclusion_when_most_was_not_seen(tmp_path: Path) -> None:
    def dark(files: dict[str, Any]) -> None:
        for row in files["verdicts.json"]:
            row |= {"verdict": "not_collected", "reason": {"code": "unreachable", "detail": "timed out"}}

    view = verdict_of(tmp_path, "dark", dark)
    assert (view.conclusion, view.scope.reached, view.scope.coverage) == ("undetermined", 0, 0.0)
    assert {row.word for row in view.classes} == {"未检"}


def test_an_object_without_rules_is_not_normal(tmp_path: Path) -> None:
    view = verdict_of(tmp_path, "bare", lambda f: f.update({"verdicts.json": f["verdicts.json"][3:]}))
    assert view.assets[0].bucket == "not_collected"
    assert "没有适用的检查项" in view.assets[0].note
    assert [m.asset for m in view.missing] == ["app-1"]


def test_waived_is_named_and_coverage_rounds_down(tmp_path: Path) -> None:
    def waive(files: dict[str, Any]) -> None:
        files["verdicts.json"][0]["verdict"] = "waived"
        files["verdicts.json"][1]["verdict"] = "manual"

    view = verdict_of(tmp_path, "waive", waive)
    assert "已豁免 1 项" in view.assets[0].note
    assert "待人工填写 1 项" in view.assets[0].note
    assert view.scope.coverage == 96.6  # 29 of 30


def test_conclude_without_objects() -> None:
    assert conclude([]) == "undetermined"


def test_nothing_shown_is_blank_or_a_dash(view: View) -> None:
    cells = [
        text for r in view.rows for text in (r.shown, r.word, r.expected, r.proof.text, r.proof.command, r.proof.time)
    ]
    cells += [text for a in view.assets for text in (a.word, a.note, a.site, a.owner, a.class_title, a.state_word)]
    cells += [text for f in view.findings for text in (f.measured, f.expected, f.age, f.services_word, f.rule.remedy)]
    cells += [text for m in view.missing for text in (m.reason, m.shown, m.word)]
    cells += [value for pairs in view.pairs.values() for pair in pairs for value in pair]
    assert all(text.strip(" -–—") for text in cells)
    for row in view.rows:
        if row.verdict in ("not_collected", "manual"):
            assert row.shown.startswith(("未检（", "待人工填写"))


def test_reasons_in_words(view: View) -> None:
    from xunwei.render.wording import Wording

    words = catalogue("zh")
    run = type("Run", (), {"sections": {}, "folder": None})()
    wording = Wording(words, run, Clock("Asia/Shanghai", words))
    assert wording.reason({"code": "unreachable", "detail": "refused"}, "linux") == "无法连接：refused"
    section = {"code": "section_status", "section": "raid", "status": "denied", "detail": "needs root"}
    assert wording.reason(section, "linux") == "“raid”权限不足：needs root"
    assert wording.reason({"code": "expression_error", "detail": "x"}, "linux") == "规则计算出错：x"
    assert wording.reason({"code": "brand_new", "a": 1}, "linux") == "brand_new a=1"
    assert wording.reason(None, "linux") == "原因未记录"


def test_clauses_sort_as_numbers() -> None:
    assert sorted(["8.1.10.1.a", "8.1.4.9.b", "8.1.4.10.a", "8.1.4.9.a"], key=_natural) == [
        "8.1.4.9.a", "8.1.4.9.b", "8.1.4.10.a", "8.1.10.1.a"]  # fmt: skip


def test_finding_of_a_rule_that_is_gone(tmp_path: Path, run_dir: Path) -> None:
    def forget(files: dict[str, Any]) -> None:
        finding = next(f for f in files["findings.json"] if f["lifecycle"] == "open")
        finding |= {"rule": "linux.gone.rule", "asset": "app-gone"}

    view = load(resealed(run_dir, tmp_path / "gone", forget))
    found = next(f for f in view.findings if f.rule.id == "linux.gone.rule")
    assert (found.asset, found.asset_anchor, found.rule.title) == ("app-gone", "", "linux.gone.rule")
