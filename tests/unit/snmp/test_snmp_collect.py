"""The collector against simulated agents: v1, v2c and v3, refusals, and agents that stall, loop or talk rubbish."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from xunwei import pack as packs
from xunwei.collect import snmp
from xunwei.collect.access import Access
from xunwei.collect.snmp_client import Way
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset
from xunwei.pack import Section
from xunwei.pack.shape import build
from xunwei.parse import snmp as reading
from xunwei.words import Status

SHAPE = build({"x": "str"}, "x")
DEVICE = """kind: snmp
agent: {versions: ["1", "2c", "3"]}
faults: {}
ports: 60
"""
TEMPLATE = """{% import "mib.j2" as mib %}
{{ mib.system("Agent \\"lab\\" 防火墙", "1.3.6.1.4.1.8072.3.2.10", name) }}
{% set ns = namespace(list=[]) %}
{% for i in range(1, ports + 1) %}{% set ns.list = ns.list + [{"index": i, "name": "eth%d" % i}] %}{% endfor %}
{{ mib.interfaces(ns.list) }}
1.3.6.1.4.1.8072.9.1.0|4x|c9ee0001
"""


def section(name: str, *asks: str, timeout: float = 20) -> Section:
    return Section(name, {}, asks, SHAPE, SHAPE, timeout=timeout)


SYSTEM = section("system", "get .1.3.6.1.2.1.1.1.0 .1.3.6.1.2.1.1.5.0 .1.3.6.1.2.1.1.9.0", "next .1.3.6.1.2.1.2.2.1.2")
PORTS = section(
    "ports", "walk .1.3.6.1.2.1.2.2.1.2 .1.3.6.1.2.1.2.2.1.8 .1.3.6.1.2.1.2.2.1.99", "also .1.3.6.1.2.1.31.1.1.1.1"
)
NOTHING = section("nothing", "walk .1.3.6.1.4.1.9.1 .1.3.6.1.4.1.9.9", "also .1.3.6.1.2.1.1")
SECURITY = section("security", "session:security")
OCTETS = section("octets", "walk .1.3.6.1.4.1.8072.9")
ALL = [SYSTEM, PORTS, NOTHING, SECURITY, OCTETS]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("snmp") / "agent"
    folder.mkdir()
    (folder / "device.yml").write_text(DEVICE, encoding="utf-8")
    (folder / "device.snmprec.j2").write_text(TEMPLATE, encoding="utf-8")
    state, answers = content.load_personality(folder)
    with Lab(specs=[content.DeviceSpec("dev-1", "agent", 1, state, answers, {}, "snmp", folder)]) as running:
        yield running


@pytest.fixture
def fault(lab: Lab) -> Iterator[Lab]:
    yield lab
    for name in ("slow", "hang", "stall_after", "wrong_answer", "truncated", "loop", "drop", "denied"):
        lab.fault("dev-1", name, False)


def ways(lab: Lab) -> dict[str, Way]:
    port = lab.devices["dev-1"].port
    old = Way("127.0.0.1", port, "2c", community="lab-read-1", timeout=0.4)
    new = Way(
        "127.0.0.1", port, "3", user="inspector", auth_key="lab-inspector-1", priv_key="lab-inspector-1", timeout=0.4
    )
    return {"1": replace(old, version="1"), "2c": old, "3": new}


def collect(way: Way, sections: list[Section] | None = None, seconds: float = 20) -> dict[str, Answer]:
    found = asyncio.run(snmp.collect(way, sections or ALL, deadline=time.monotonic() + seconds))
    assert [a.section for a in found] == [s.name for s in sections or ALL]
    for answer in found:
        assert not any(secret in answer.raw + answer.reason for secret in ("lab-read-1", "lab-inspector-1"))
    return {a.section: a for a in found}


@pytest.mark.parametrize("version", ["1", "2c", "3"])
def test_every_version_gives_the_same_answers(lab: Lab, version: str) -> None:
    got = collect(ways(lab)[version])
    assert got["nothing"].status is Status.UNSUPPORTED
    assert got["nothing"].raw == ""
    assert {n: a.status for n, a in got.items() if n != "nothing"} == dict.fromkeys(
        set(got) - {"nothing"}, Status.COLLECTED
    )
    system = reading.read(got["system"].raw)
    assert reading.text(system[".1.3.6.1.2.1.1.1.0"]) == 'Agent "lab" 防火墙'
    assert list(system.absent) == [".1.3.6.1.2.1.1.9.0"]
    assert sum(o.startswith(".1.3.6.1.2.1.2.2.1.2.") for o in system) == 1
    ports = reading.read(got["ports"].raw)
    rows = reading.table(ports, ".1.3.6.1.2.1.2.2.1", {"name": 2, "oper": 8})
    assert [(r.text("name"), r.integer("oper")) for r in rows] == [(f"eth{i}", 1) for i in range(1, 61)]
    assert list(ports.absent) == [".1.3.6.1.2.1.2.2.1.99"]
    assert got["octets"].raw == ".1.3.6.1.4.1.8072.9.1.0 = Hex-STRING: C9 EE 00 01\n"
    assert f"version={version}\n" in got["security"].raw


def test_wrong_keys_and_users_are_denied_at_once(lab: Lab) -> None:
    way = ways(lab)["3"]
    for wrong in (
        replace(way, auth_key="lab-inspector-2"), replace(way, user="nobody"), replace(way, priv_key="lab-inspector-3"),
        replace(way, priv_key=""), replace(way, auth="md5"),
    ):  # fmt: skip
        got = collect(wrong)
        assert {a.status for a in got.values()} == {Status.DENIED}, got


def test_a_wrong_community_and_a_closed_port_are_silence(lab: Lab) -> None:
    way = ways(lab)["2c"]
    for wrong in (replace(way, community="lab-read-2"), replace(way, port=9)):
        got = collect(wrong, [SYSTEM])
        assert got["system"].status is Status.UNREACHABLE
        assert "no SNMPv2c answer" in got["system"].reason


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"version": "4"}, "asset_snmp_version"),
        ({"version": "2c", "community": ""}, "asset_snmp_community"),
        ({"auth": "rot13"}, "asset_snmp_auth_protocol"),
        ({"auth_key": "short"}, "asset_snmp_auth_key"),
        ({"auth_key": ""}, "asset_snmp_priv_key"),
        ({"user": ""}, "asset_snmp_user"),
        ({"address": "no-such-name.invalid"}, "not resolved"),
    ],
)
def test_settings_that_lead_nowhere_are_named(lab: Lab, change: dict[str, str], word: str) -> None:
    got = collect(replace(ways(lab)["3"], **change), [SYSTEM])  # type: ignore[arg-type]
    assert got["system"].status is Status.UNREACHABLE
    assert word in got["system"].reason


@pytest.mark.parametrize("version", ["2c", "3"])
@pytest.mark.parametrize("name", ["wrong_answer", "hang", "truncated"])
def test_rubbish_and_silence_end_in_time(fault: Lab, name: str, version: str) -> None:
    fault.fault("dev-1", name)
    began = time.monotonic()
    got = collect(ways(fault)[version])
    assert time.monotonic() - began < 10
    assert {a.status for a in got.values()} == {Status.UNREACHABLE}


@pytest.mark.parametrize("version", ["2c", "3"])
def test_a_walk_that_stops_half_way_is_never_collected(fault: Lab, version: str) -> None:
    fault.fault("dev-1", "stall_after", 40)
    got = collect(ways(fault)[version])
    assert got["ports"].status is Status.TIMED_OUT
    assert got["ports"].raw.count("\n") >= 10
    assert got["octets"].status is Status.TIMED_OUT
    assert "had stopped answering" in got["octets"].reason


@pytest.mark.parametrize("version", ["1", "2c", "3"])
def test_an_agent_that_goes_round_in_circles_is_found_out(fault: Lab, version: str) -> None:
    fault.fault("dev-1", "loop")
    got = collect(ways(fault)[version])
    assert got["ports"].status is Status.UNPARSED
    assert "OID not increasing" in got["ports"].reason


def test_lost_datagrams_are_asked_for_again(fault: Lab) -> None:
    fault.fault("dev-1", "drop", 5)
    got = collect(ways(fault)["2c"], [SYSTEM, PORTS], seconds=40)
    assert {a.status for a in got.values()} == {Status.COLLECTED}


def test_the_deadline_holds(fault: Lab) -> None:
    fault.fault("dev-1", "slow", 0.3)
    began = time.monotonic()
    got = collect(ways(fault)["2c"], [SYSTEM, PORTS], seconds=1.5)
    assert time.monotonic() - began < 4
    assert Status.TIMED_OUT in {a.status for a in got.values()}


def test_too_much_is_not_read_to_the_end(lab: Lab) -> None:
    limits = snmp.Limits(objects=30)
    [got] = asyncio.run(snmp.collect(ways(lab)["2c"], [PORTS], deadline=time.monotonic() + 20, limits=limits))
    assert got.status is Status.UNPARSED
    assert "more than 30 objects" in got.reason


def test_nothing_is_asked_twice_where_nothing_was(lab: Lab) -> None:
    """A gap that one answer showed is not asked into again: devices lack most vendors' objects."""
    asks = [f"walk .1.3.6.1.4.1.{n}.1" for n in range(100, 8000, 10)]
    began = time.monotonic()
    got = collect(ways(lab)["2c"], [section("many", *asks)])
    assert got["many"].status is Status.UNSUPPORTED
    assert time.monotonic() - began < 2  # 790 requests would take longer


def test_settings_make_the_way() -> None:
    def way(**settings: str) -> Way:
        return snmp.way_of(Access(Asset("a", "snmp_device", "other"), "192.0.2.1", settings=settings))

    assert way(snmp_community="x").version == "2c"
    assert way(snmp_user="u", snmp_auth_protocol="SHA-256", snmp_priv_protocol="AES").version == "3"
    assert way(snmp_user="u", snmp_auth_protocol="SHA-256").auth == "sha256"
    assert way(snmp_user="u", snmp_version="v2c", snmp_community="x").version == "2c"
    assert "secret-1" not in repr(way(snmp_community="secret-1", snmp_auth_key="secret-1"))


def test_every_pack_that_asks_by_snmp_asks_in_known_words() -> None:
    platforms = [packs.load(name) for name in packs.platforms()]
    asks = [a for pack in platforms if pack.collector == "snmp" for s in pack.sections.values() for a in s.asks]
    assert len(asks) > 100
    for ask in asks:
        how, *oids = ask.split()
        assert ask == snmp.SECURITY or how in ("get", "walk", "next", "also"), ask
        assert ask == snmp.SECURITY or oids, ask
        assert all(re.fullmatch(r"\.1(\.\d+)+", oid) for oid in oids), ask
