"""Parsers of the redfish pack: strict reading, and nothing but facts or Unparsed whatever comes in."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.packs.redfish import resources
from xunwei.parse import Unparsed
from xunwei.parse.engine import parse
from xunwei.words import Status

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "redfish"
PACK = packs.load("redfish")
NAMES = sorted(PACK.sections)

KEYS = st.sampled_from(
    ["Status", "Health", "State", "Name", "Id", "@odata.type", "@odata.id", "Fans", "PowerSupplies", "Temperatures",
     "Oem", "Huawei", "Members", "Reading", "ReadingCelsius", "Created", "Severity", "DateTime", "@xunwei.failed",
     "@xunwei.received", "kind", "reason", "complete", "LinkStatus", "LineInputVoltage", "Boot"]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["OK", "Warning", "Critical", "Enabled", "Absent", "", "0", "2026-01-01T00:00:00Z", "Up", "x\u2028y"]
    )
    | st.text(max_size=8)
)
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=20
)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dump(data: Any) -> str:
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def check(name: str, raw: str) -> None:
    """Facts of the declared shape, or a reason; the engine would turn a crash into a reason that begins so."""
    found = parse(PACK, name, raw)
    assert found.status in (Status.COLLECTED, Status.UNPARSED, Status.EMPTY)
    assert not found.reason.startswith(("parser failed", "parser returned")), found.reason
    if found.status is Status.UNPARSED:
        assert found.reason


@QUICK
@given(name=st.sampled_from(NAMES), raw=st.text(max_size=60))
def test_any_text(name: str, raw: str) -> None:
    check(name, raw)


@QUICK
@given(name=st.sampled_from(NAMES), data=ANY_JSON)
def test_any_json(name: str, data: Any) -> None:
    check(name, json.dumps(data))
    check(name, dump({"/redfish/v1/Chassis/1/Thermal": data, "/redfish/v1/x?clipped": data}))


def recorded(name: str) -> list[dict[str, Any]]:
    """Answers of a section that were understood."""
    found = []
    for case in sorted((RECORDINGS / name).iterdir()):
        if json.loads((case / "expected.json").read_text(encoding="utf-8"))["status"] == "collected":
            found.append(json.loads((case / "in.txt").read_text(encoding="utf-8")))
    return found


ANSWERS = {name: recorded(name) for name in NAMES}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place below the top of a JSON value."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [p for key, inner in entries for p in ((*path, key), *places(inner, (*path, key)))]


def changed(data: Any, place: tuple[Any, ...], value: Any, *, drop: bool) -> Any:
    """A copy with one place dropped or replaced."""
    data = copy.deepcopy(data)
    node = data
    for step in place[:-1]:
        node = node[step]
    if drop:
        del node[place[-1]]
    else:
        node[place[-1]] = value
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_mutated_answers(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    answer = data.draw(st.sampled_from(ANSWERS[name]))
    for _ in range(data.draw(st.integers(1, 3))):
        candidates = places(answer)
        if not candidates:
            break
        place = data.draw(st.sampled_from(candidates))
        answer = changed(answer, place, data.draw(ANY_JSON), drop=data.draw(st.booleans()))
    check(name, dump(answer))


def spoiled(answer: Any, value: Any) -> Any:
    """Every Status.Health replaced by `value`, or dropped when it is ...."""
    if isinstance(answer, dict):
        found = {k: spoiled(v, value) for k, v in answer.items()}
        for key in ("Health", "HealthRollup"):
            if key in found and ("State" in found or key == "HealthRollup" or len(found) == 1):
                if value is ...:
                    del found[key]
                else:
                    found[key] = value
        return found
    return [spoiled(v, value) for v in answer] if isinstance(answer, list) else answer


def healths(facts: Any) -> list[Any]:
    """All values of keys that speak of health, anywhere in facts."""
    if isinstance(facts, dict):
        own = [v for k, v in facts.items() if k == "health" or k.endswith("_health") or k == "health_rollup"]
        return own + [h for v in facts.values() for h in healths(v)]
    return [h for v in facts for h in healths(v)] if isinstance(facts, list) else []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [None, ..., ""])
def test_health_that_is_not_told_is_null_everywhere(name: str, value: Any) -> None:
    for answer in ANSWERS[name]:
        found = parse(PACK, name, dump(spoiled(answer, value)))
        assert found.status is Status.COLLECTED, found.reason
        assert set(healths(found.facts)) <= {None}


@pytest.mark.parametrize("name", [n for n in NAMES if any("Health" in dump(a) for a in ANSWERS[n])])
@pytest.mark.parametrize("value", ["Degraded", "ok", 0, True, {}])
def test_health_that_is_not_understood_is_never_ok(name: str, value: Any) -> None:
    for answer in ANSWERS[name]:
        odd = spoiled(answer, value)
        if odd == answer:
            continue
        found = parse(PACK, name, dump(odd))
        assert found.status is Status.UNPARSED or "OK" not in healths(found.facts), found


def test_boot_and_network_protocol_read_no_health() -> None:
    told = {n for n in NAMES if any(healths(parse(PACK, n, dump(a)).facts) for a in ANSWERS[n])}
    silent = {"service_root", "boot", "network_protocol", "remote_log", "accounts", "certificate"}
    assert told == set(NAMES) - silent


# -- resources ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "good", "value", "bad"),
    [
        (resources.text, "a", "a", [1, True, [], {}]),
        (resources.number, 1.5, 1.5, ["1.5", True, [], 1e300]),
        (resources.whole, 3, 3, ["3", 3.5, -1, True]),
        (resources.flag, True, True, ["true", 1, 0, "Enabled"]),
        (resources.record, {"a": 1}, {"a": 1}, [[], "x", 1]),
        (resources.records, [{}], [{}], [{}, "x", [1]]),
        (resources.words, ["a"], ["a"], ["a", [1], {}]),
        (resources.word, 7, "7", [True, [], 1.5]),
    ],
)
def test_strict_values(read: Any, good: Any, value: Any, bad: list[Any]) -> None:
    assert read({"k": good}, "k") == value
    assert read({"k": None}, "k") in (None, {})
    assert read({}, "k") in (None, {})
    for wrong in bad:
        with pytest.raises(Unparsed):
            read({"k": wrong}, "k")


@pytest.mark.parametrize(
    ("told", "zone", "seconds"),
    [
        ("2026-11-25T08:00:00+08:00", None, 1795564800),
        ("2026-11-25T00:00:00Z", None, 1795564800),
        ("2026-11-25T08:00:00", "+08:00", 1795564800),
        ("2026-11-25T00:00:00Z", "+08:00", 1795564800),
        ("2026-11-25T08:00:00", None, None),
        (None, None, None),
    ],
)
def test_epoch(told: str | None, zone: str | None, seconds: int | None) -> None:
    assert resources.epoch(told, zone) == seconds


@pytest.mark.parametrize("told", ["yesterday", "2026-13-01T00:00:00Z", "25/11/2026", "0000-00-00T00:00:00Z"])
def test_no_date(told: str) -> None:
    with pytest.raises(Unparsed):
        resources.epoch(told)


@given(ANY_JSON.filter(lambda v: isinstance(v, dict)))
def test_line_map_finds_every_value(data: dict[str, Any]) -> None:
    data = {f"/{k}": v for k, v in data.items()}
    raw = (
        json.dumps(data, indent=1, sort_keys=True)
        .replace("NaN", "0")
        .replace("-Infinity", "0")
        .replace("Infinity", "0")
    )
    lines, found = raw.splitlines(), resources.line_map(raw)
    assert set(found) == set(places(json.loads(raw)))
    for place, line in found.items():
        if isinstance(place[-1], str):
            assert lines[line - 1].lstrip().startswith(f"{json.dumps(place[-1])}: ")


def test_power_control_that_is_no_list() -> None:
    answer = ANSWERS["power"][0]
    place = "/redfish/v1/Chassis/1/Power"
    for wrong in (7, [7], "x"):
        found = parse(PACK, "power", dump(changed(answer, (place, "PowerControl"), wrong, drop=False)))
        assert (found.status, found.reason[:12]) == (Status.UNPARSED, "PowerControl")


def test_clipped_list_is_not_read_as_whole() -> None:
    answer = ANSWERS["memory"][0] | {"/redfish/v1/Systems/1/Memory?clipped": {"kept": 3, "read": 3, "complete": False}}
    found = parse(PACK, "memory", dump(answer))
    assert found.status is Status.UNPARSED
    assert "not complete" in found.reason


def test_redaction_takes_secrets_and_leaves_json() -> None:
    secret = 'pa"ss\\word-1'
    data = {
        "Password": secret,
        "SnmpTrapNotification": {"CommunityName": "lab-community-1"},
        "CommunityStrings": [{"CommunityString": "lab-community-2", "AccessMode": "Full"}],
        "ReadOnlyCommunity": "lab-community-3",
        "MinPasswordLength": 8,
        "PasswordComplexityCheckEnabled": True,
        "PasswordSet": True,
    }
    raw = dump({"/redfish/v1/x": data})
    for pattern in PACK.redact:
        raw = pattern.sub(lambda m: f"{m['keep']}***", raw)
    kept = json.loads(raw)["/redfish/v1/x"]
    assert "lab-community" not in raw
    assert "word-1" not in raw
    assert (kept["Password"], kept["MinPasswordLength"], kept["PasswordSet"]) == ("***", 8, True)
