"""Verdicts: what was seen good, bad, half bad, not at all; and what can never happen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.evaluate import Compiled, SectionView, compile_rules, judge
from xunwei.evaluate.expressions import compile_expression, environment
from xunwei.model import Asset, Judgement
from xunwei.words import Status, Verdict

Site = Callable[..., Path]
RAW = "/ 50\n/var 85\n/data 95\n/odd ?\n"


def mounts(*rows: tuple[str, float | None]) -> dict[str, Any]:
    return {
        "mounts": [{"mount": m, "used": u, "_line": n} for n, (m, u) in enumerate(rows, start=1)],
        "total": len(rows),
    }


def rules_of(site: Site, **files: str) -> dict[str, Compiled]:
    site(**files)
    return {c.rule.id: c for c in compile_rules(packs.load("demo"))}


def ask(rule: Compiled, views: dict[str, SectionView], **asset: Any) -> Judgement:
    one = Asset(**{"name": "a", "platform": "demo", "asset_class": "server"} | asset)
    [found] = judge(one, views, [rule], now=0.0)
    return found


def test_each_judges_every_item_and_points_to_its_line(site: Site) -> None:
    rule = rules_of(site)["demo.disks.usage"]
    view = SectionView(
        Status.COLLECTED,
        mounts(("/", 50), ("/var", 85), ("/data", 95), ("/odd", None)),
        raw=RAW,
        ask="df",
        time="2026-11-25T00:00:00Z",
    )
    found = ask(rule, {"disks": view})
    assert found.verdict is Verdict.FAIL
    assert [(i.key, i.verdict.value) for i in found.items] == [
        ("/data", "fail"),
        ("/var", "warn"),
        ("/odd", "not_collected"),
    ]
    assert found.items[0].evidence is not None
    assert (found.items[0].evidence.line, found.items[0].evidence.text) == (3, "/data 95")
    assert found.evidence == found.items[0].evidence
    assert found.measured.startswith("/data 95 %; /var 85 %")
    assert found.expected == {"zh": "低于 80", "en": "below 80"}
    assert found.checked == 4


def test_limits_of_the_asset_count(site: Site) -> None:
    rule = rules_of(site)["demo.disks.usage"]
    view = SectionView(Status.COLLECTED, mounts(("/", 85)))
    assert ask(rule, {"disks": view}).verdict is Verdict.WARN
    found = ask(rule, {"disks": view}, limits={"demo.disks.usage": {"warn": 86}})
    assert found.verdict is Verdict.PASS
    assert found.expected["en"] == "below 86"


def test_an_empty_list_passes_and_says_so(site: Site) -> None:
    rule = rules_of(site)["demo.disks.usage"]
    found = ask(rule, {"disks": SectionView(Status.COLLECTED, mounts())})
    assert (found.verdict, found.measured, found.checked) == (Verdict.PASS, "0/0", 0)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.COLLECTED])
def test_what_was_not_collected_never_passes(site: Site, status: Status) -> None:
    rules = rules_of(site)
    found = ask(rules["demo.disks.usage"], {"disks": SectionView(status, None, "because")})
    assert found.verdict is Verdict.NOT_COLLECTED
    assert found.reason is not None
    assert found.reason["detail"] == "because"
    optional = ask(rules["demo.notes.short"], {"notes": SectionView(status, None, "because")})
    absent = status in (Status.UNSUPPORTED, Status.EMPTY)
    assert optional.verdict is (Verdict.NOT_APPLICABLE if absent else Verdict.NOT_COLLECTED)


def test_a_section_that_is_not_asked_makes_its_rules_not_applicable(site: Site) -> None:
    assert ask(rules_of(site)["demo.fire.active"], {}).verdict is Verdict.NOT_APPLICABLE


RULE = """
- id: demo.disks.x
  title: {{zh: a, en: b}}
  severity: major
  needs: [disks.mounts]
  good: "{good}"
  {more}
  measured: "{{{{ disks.total }}}}"
  expected: {{zh: a, en: b}}
  why: {{zh: a, en: b}}
  remedy: {{zh: a, en: b}}
"""


@pytest.mark.parametrize(
    ("good", "more", "total", "verdict"),
    [
        ("disks.total < 3", "", 2, Verdict.PASS),
        ("disks.total < 3", "", 3, Verdict.FAIL),
        ("disks.total < 3", "fair: 'true'", 3, Verdict.WARN),
        ("disks.total < 3", "", None, Verdict.NOT_COLLECTED),
        ("disks.total is none or disks.total < 3", "", None, Verdict.PASS),
        ("(disks.total | default(0, true)) < 3", "", None, Verdict.PASS),
        ("disks.total < 3", "applies: disks.total > 10", 3, Verdict.NOT_APPLICABLE),
        ("disks.total < 3", "applies: disks.total > 10", None, Verdict.NOT_COLLECTED),
        ("1 / disks.total > 0", "", 0, Verdict.NOT_COLLECTED),
        ("disks.mounts | selectattr('used', 'none') | list | length == 0", "", 1, Verdict.PASS),
    ],
)
def test_expressions(site: Site, good: str, more: str, total: int | None, verdict: Verdict) -> None:
    rule = rules_of(site, rules__all_yml=RULE.format(good=good, more=more))["demo.disks.x"]
    view = SectionView(Status.COLLECTED, {**mounts(("/", 1)), "total": total})
    assert ask(rule, {"disks": view}).verdict is verdict


@pytest.mark.parametrize(
    ("text", "reads", "strict"),
    [
        ("a.b < limit.c", {("a", "b"), ("limit", "c")}, {("a", "b"), ("limit", "c")}),
        ("a.b is none or a.c", {("a", "b"), ("a", "c")}, {("a", "c")}),
        ("a.b.startswith(x.y)", {("a", "b"), ("x", "y")}, {("a", "b"), ("x", "y")}),
        ("a['b'].c in d", {("a", "b", "c"), ("d",)}, {("a", "b", "c"), ("d",)}),
        ("a.b | matches('x')", {("a", "b")}, {("a", "b")}),
        ("a.b[0].c", {("a", "b")}, {("a", "b")}),
    ],
)
def test_paths_read_by_an_expression(text: str, reads: set[tuple[str, ...]], strict: set[tuple[str, ...]]) -> None:
    found = compile_expression(environment(), text, "test")
    assert set(found.reads) == reads
    assert set(found.strict) == strict


@pytest.mark.parametrize(
    "text", ["''.__class__", "a.__init__.__globals__", "().__class__.__bases__[0].__subclasses__()"]
)
def test_the_sandbox_holds(text: str) -> None:
    call = compile_expression(environment(), text, "test").call
    with pytest.raises(Exception, match=r"unsafe|undefined|has no"):
        str(call({"a": {}}))


@given(used=st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=8))
def test_worst_of_items_is_the_verdict(used: list[float | None]) -> None:
    # compiled once per process by hand: hypothesis runs without function fixtures
    from xunwei.evaluate.judge import _sum_up
    from xunwei.model import Evidence, Item
    from xunwei.words import WORST_FIRST

    items = [
        Item(str(n), Verdict.NOT_COLLECTED if u is None else Verdict.FAIL if u >= 90 else Verdict.WARN)
        for n, u in enumerate(used)
        if u is None or u >= 80
    ]
    result = Judgement("a", "r", Verdict.PASS, "major", items=list(items))
    _sum_up(result, len(used), Evidence("s"))
    expected = min((i.verdict for i in items), key=WORST_FIRST.index, default=Verdict.PASS)
    assert result.verdict is expected
