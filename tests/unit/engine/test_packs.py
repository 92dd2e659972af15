"""Packs that are not well formed are refused in one line that names file and place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests_support import one_line
from xunwei import pack as packs
from xunwei.errors import InputError
from xunwei.evaluate import compile_rules
from xunwei.pack import shape
from xunwei.parse.engine import parse
from xunwei.words import Status

Site = Callable[..., Path]


def test_a_site_pack_is_found_and_loaded(site: Site) -> None:
    site()
    pack = packs.load("demo")
    assert list(pack.sections) == ["disks", "notes", "fire"]
    assert "demo" in packs.platforms()
    assert [r.id for r in pack.rules()] == ["demo.disks.usage", "demo.notes.short", "demo.fire.active"]
    assert pack.section("fire").is_for("firewall", "")
    assert not pack.section("fire").is_for("server", "")


def test_the_digest_follows_every_file(site: Site) -> None:
    folder = site()
    before = packs.load("demo").digest()
    (folder / "page.md").write_text("text", encoding="utf-8")
    assert packs.load("demo").digest() != before


@pytest.mark.parametrize("name", ["nothing", "../demo", "Demo", ""])
def test_unknown_platform(site: Site, name: str) -> None:
    site()
    with pytest.raises(InputError, match="unknown platform") as caught:
        packs.load(name)
    assert one_line(caught)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"pack_yml": "platform: [demo"}, ["pack.yml:", "not YAML"]),
        ({"pack_yml": "platform: other\ntitle: {zh: a, en: b}\ncollector: sh\n"}, ["pack.yml", "other"]),
        ({"pack_yml": "platform: demo\ntitle: {zh: a, en: b}\ncollector: FTP\n"}, ["pack.yml", "collector", "FTP"]),
        (
            {"pack_yml": "platform: demo\ntitle: {zh: a, en: b}\ncollector: sh\nredact: ['(']\n"},
            ["pack.yml", "expression"],
        ),
        ({"pack_yml": "platform: demo\ntitle: {zh: a, en: b}\ncollector: sh\nredact: ['a']\n"}, ["pack.yml", "secret"]),
        (
            {"sections_yml": "- {name: a, title: {zh: a, en: b}, ask: x, facts: {n: integer}}"},
            ["sections.yml: a.n", "integer"],
        ),
        ({"sections_yml": "- {name: a, title: {zh: a}, ask: x, facts: {}}"}, ["sections.yml", "[1] a", "en"]),
        ({"sections_yml": "- {name: a, title: {zh: a, en: b}, ask: x, facts: {n: [int, int]}}"}, ["exactly one"]),
        ({"sections_yml": "- {name: a, title: {zh: a, en: b}, ask: x, facts: {on: bool}}"}, ["not text", "quote it"]),
    ],
)
def test_bad_packs(site: Site, files: dict[str, str], words: list[str]) -> None:
    site(**files)
    with pytest.raises(InputError) as caught:
        packs.load("demo")
    assert all(w in str(caught.value) for w in words), str(caught.value)
    assert one_line(caught)


RULE = """
- id: demo.disks.x
  title: {{zh: a, en: b}}
  severity: major
  needs: [{needs}]
  {more}
  good: "{good}"
  measured: "{measured}"
  expected: {{zh: "{expected}", en: b}}
  why: {{zh: a, en: b}}
  remedy: {{zh: a, en: b}}
"""


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"needs": "disks.speed"}, ["disks.speed", "does not exist"]),
        ({"needs": "nothing.here"}, ["nothing", "no section"]),
        ({"good": "disks.total < limit.max"}, ["no limit", "max"]),
        ({"good": "disks.totals < 3"}, ["disks.totals", "does not exist"]),
        ({"good": "item.used < 3"}, ["item"]),
        ({"good": "disks.total <"}, ["not an expression"]),
        ({"good": "disks.total | nofilter"}, ["not an expression"]),
        ({"good": "asset.colour == 1"}, ["colour"]),
        ({"good": "hostname == 1"}, ["hostname"]),
        ({"measured": "{{ disks.sum }}"}, ["disks.sum"]),
        ({"expected": "{{ disks.total }}"}, ["expected", "limit and asset"]),
        ({"more": "each: disks.total\n  key: a"}, ["not a list"]),
        ({"more": "each: disks.mounts\n  key: '{{ item.speed }}'"}, ["speed"]),
        ({"more": "each: disks.mounts"}, ["key"]),
        ({"more": "colour: red"}, ["colour"]),
        ({"more": "clauses: ['9.1']"}, ["9.1"]),
    ],
)
def test_bad_rules_name_file_and_rule(site: Site, parts: dict[str, str], words: list[str]) -> None:
    text = RULE.format(
        **{"needs": "disks.total", "good": "disks.total < 3", "measured": "x", "expected": "a", "more": ""} | parts
    )
    site(rules__all_yml=text)
    with pytest.raises(InputError) as caught:
        compile_rules(packs.load("demo"))
    assert all(w in str(caught.value) for w in ["rules/all.yml", "demo.disks.x", *words]), str(caught.value)
    assert one_line(caught)


def test_a_rule_id_is_unique_and_of_its_platform(site: Site) -> None:
    rule = RULE.format(needs="disks.total", good="true", measured="x", expected="a", more="")
    site(rules__all_yml=rule + rule)
    with pytest.raises(InputError, match="already in"):
        packs.load("demo").rules()
    site(rules__all_yml=rule.replace("demo.disks.x", "linux.disks.x"))
    with pytest.raises(InputError, match="begins with 'demo'"):
        packs.load("demo").rules()


@pytest.mark.parametrize(
    ("raw", "status", "reason"),
    [
        ("/ 50\n", Status.COLLECTED, ""),
        ("", Status.EMPTY, "empty"),
        ("  \n \n", Status.EMPTY, "empty"),
        ("no such command\n", Status.UNSUPPORTED, "no such command"),
        ("you are not allowed to\n", Status.DENIED, "not allowed"),
        ("/ 50 9\n", Status.UNPARSED, "line 1"),
        ("crash now\n", Status.UNPARSED, "parser failed: KeyError"),
        ("odd one\n", Status.UNPARSED, "not declared"),
    ],
)
def test_parse_says_what_became_of_an_answer(site: Site, raw: str, status: Status, reason: str) -> None:
    site()
    found = parse(packs.load("demo"), "disks", raw)
    assert found.status is status
    assert reason in found.reason
    assert (found.facts is not None) == (status is Status.COLLECTED)


def test_a_long_answer_that_holds_refusal_words_is_not_a_refusal(site: Site) -> None:
    site()
    text = "".join(f"no such command {n}\n" for n in range(20))
    assert parse(packs.load("demo"), "notes", text).status is Status.COLLECTED


@pytest.mark.parametrize(
    ("spec", "good", "bad"),
    [
        ("int", 1, True),
        ("int", 0, 1.5),
        ("float", 1, "1"),
        ("float", 1.5, float("nan")),
        ("float", 1.5, float("inf")),
        ("bool", True, 1),
        ("str?", None, 1),
        ("str", "", None),
        (["int"], [1, 2], [1, None]),
        ({"*": "int"}, {"a": 1}, {"a": "b"}),
        ({"a": "int"}, {"a": 1, "_line": 3}, {"a": 1, "b": 2}),
        ({"a": "int", "b?": {"c": "int"}}, {"a": 1}, {"b": {"c": 1}}),
        ({"a?": ["int"]}, {"a": None}, {"a": 3}),
    ],
)
def test_shapes(spec: object, good: object, bad: object) -> None:
    built = shape.build(spec, "test")
    assert built.problem(good) is None
    assert built.problem(bad) is not None
