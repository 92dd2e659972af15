"""Every parser of the REST packs: never anything but facts of the declared shape or Unparsed, whatever it is given."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse import Unparsed
from xunwei.parse.engine import parse
from xunwei.words import Status

PLATFORMS = ("oceanstor", "oceanstor_pacific", "fusioncompute", "commvault", "rubrik")
RECORDINGS = Path(__file__).resolve().parents[2] / "recordings"
SECTIONS = [(platform, name) for platform in PLATFORMS for name in packs.load(platform).sections]
ODD: list[Any] = [
    None, True, False, -1, 0, 3, 1.5, 10**30, "", " ", "--", "x", "-1", "1e9", "NaN", [], [None], ["x"], [[]], {},
    {"a": 1}, [{}], "2026-13-45", "9" * 40,
]  # fmt: skip


def healthy(platform: str, name: str) -> Any:
    return json.loads((RECORDINGS / platform / name / "healthy" / "in.txt").read_text(encoding="utf-8"))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        found += places(inner, (*path, key))
    return found


def changed(value: Any, path: tuple[Any, ...], new: Any, *, drop: bool) -> Any:
    copy = json.loads(json.dumps(value))
    node = copy
    for key in path[:-1]:
        node = node[key]
    if drop:
        del node[path[-1]]
    else:
        node[path[-1]] = new
    return copy


def check(platform: str, name: str, raw: str) -> Status:
    parsed = parse(packs.load(platform), name, raw)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), (parsed.reason, raw[:300])
    return parsed.status


@pytest.mark.parametrize(("platform", "name"), SECTIONS, ids=str)
def test_one_odd_value_anywhere(platform: str, name: str) -> None:
    good = healthy(platform, name)
    choose = random.Random(f"{platform}.{name}")
    where = places(good)
    for path in where if len(where) < 60 else choose.sample(where, 60):
        for new in choose.sample(ODD, 8):
            check(platform, name, json.dumps(changed(good, path, new, drop=False), indent=1))
        check(platform, name, json.dumps(changed(good, path, None, drop=True), indent=1))


@pytest.mark.parametrize(("platform", "name"), SECTIONS, ids=str)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_text(platform: str, name: str, data: st.DataObject) -> None:
    raw = data.draw(st.text(max_size=200))
    try:
        packs.load(platform).parser(name)(raw)
    except Unparsed:
        return
    pytest.fail(f"took {raw!r} for an answer")


@pytest.mark.parametrize(("platform", "name"), SECTIONS, ids=str)
def test_an_answer_cut_off_anywhere_is_unparsed(platform: str, name: str) -> None:
    raw = (RECORDINGS / platform / name / "healthy" / "in.txt").read_text(encoding="utf-8")
    for cut in range(1, len(raw) - 2, max(1, len(raw) // 60)):
        assert check(platform, name, raw[:cut]) in (Status.UNPARSED, Status.EMPTY)


@pytest.mark.parametrize(("platform", "name"), SECTIONS, ids=str)
@pytest.mark.parametrize("kind", ["unparsed", "denied", "unsupported"])
def test_a_resource_that_failed_is_never_facts(platform: str, name: str, kind: str) -> None:
    good = healthy(platform, name)
    failed = {path: {"@xunwei.failed": {"kind": kind, "http": 500, "reason": "no"}} for path in good}
    assert check(platform, name, json.dumps(failed, indent=1)) is Status.UNPARSED


@pytest.mark.parametrize(("platform", "name"), [s for s in SECTIONS if s[1] not in ("certificate", "login")], ids=str)
def test_a_list_that_was_cut_short_is_never_facts(platform: str, name: str) -> None:
    good = healthy(platform, name)
    cut = {path: {**body, "@xunwei.clipped": 1} for path, body in good.items()}
    assert check(platform, name, json.dumps(cut, indent=1)) is Status.UNPARSED


OBJECTS = ("controllers", "enclosures", "disks", "pools", "luns", "power", "fans", "bbus", "fc_ports", "eth_ports")


@pytest.mark.parametrize("name", OBJECTS)
def test_an_error_object_is_never_facts(name: str) -> None:
    good = healthy("oceanstor", name)
    for path, body in good.items():
        for error in ({"code": 1077949002, "description": "x"}, {}, None, "0", {"code": None}):
            raw = json.dumps({path: {**body, "error": error}}, indent=1)
            assert check("oceanstor", name, raw) is Status.UNPARSED, error


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_of_another_type_are_never_facts(name: str) -> None:
    good = healthy("oceanstor", name)
    for other in OBJECTS:
        if other != name:
            [path], [body] = list(good), list(healthy("oceanstor", other).values())
            assert check("oceanstor", name, json.dumps({path: body}, indent=1)) is Status.UNPARSED, other


def test_no_status_code_but_the_good_ones_is_good() -> None:
    good = healthy("oceanstor", "fans")
    [path] = good
    healths, runnings = set(), set()
    for code in range(-2, 300):
        good[path]["data"][0] |= {"HEALTHSTATUS": str(code), "RUNNINGSTATUS": str(code)}
        parsed = parse(packs.load("oceanstor"), "fans", json.dumps(good, indent=1))
        assert parsed.facts is not None
        fan = parsed.facts["fans"][0]
        healths |= {code} if fan["health"] == "normal" else set()
        runnings |= {code} if fan["running"] in ("running", "online", "normal") else set()
    assert (healths, runnings) == ({1}, {1, 2, 27})
