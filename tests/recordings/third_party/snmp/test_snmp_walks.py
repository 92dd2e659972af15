"""Recorded SNMP agents that none of us made: every one is asked every section; readings are compared with LibreNMS's own.

LibreNMS keeps, beside many recordings, what it read from them: an oracle nobody here wrote. What it lists and this pack
covers must have the same value; the number of comparisons is held, so that none of them gets lost.
"""

from __future__ import annotations

import bz2
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset, Facts
from xunwei.parse import Unparsed, snmp
from xunwei.parse.engine import parse
from xunwei.parse.snmprec import Recording
from xunwei.words import Status, Verdict

WALKS = ["snmp/*/*.snmprec", "snmp/*/*.snmprec.bz2", "snmp/librenms/*.json", "snmp/centreon/*"]
PLATFORM = "snmp_device"
# What no source of health can be read from: nothing may look healthy there.
BLIND = (
    "comware_h3c", "oceanstor", "oceanstor_dorado3k", "vrp_route", "vrp_ce12804-withvrf", "vrp_ne", "ruijie",
    "huawei-gse200m", "huawei-ism",
)  # fmt: skip


def recording(path: Path) -> Recording:
    raw = path.read_bytes()
    return Recording(bz2.decompress(raw) if path.suffix == ".bz2" else raw)


@functools.cache
def asked(path: Path) -> dict[str, tuple[Status, Facts | None, str, str]]:
    """{section: (status, facts, reason, raw)} as an inspection of the recorded device would have it."""
    pack, agent = packs.load(PLATFORM), recording(path)
    out: dict[str, tuple[Status, Facts | None, str, str]] = {}
    for section in pack.sections.values():
        raw = "version=2c\nlevel=noAuthNoPriv\n" if section.name == "session" else agent.ask(section.asks)
        if not raw:
            out[section.name] = (Status.UNSUPPORTED, None, "", "")
            continue
        found = parse(pack, section.name, raw)
        out[section.name] = (found.status, found.facts, found.reason, raw)
    return out


def name_of(path: Path) -> str:
    return path.name.partition(".")[0]


def files(fixtures_dir: Path) -> list[Path]:
    found = sorted(p for p in fixtures_dir.glob("snmp/*/*") if ".snmprec" in p.name)
    assert len(found) >= 30
    return found


def test_every_recorded_agent_is_read_or_refused(fixtures_dir: Path) -> None:
    rules = compile_rules(packs.load(PLATFORM))
    for path in files(fixtures_dir):
        answers = asked(path)
        for section, (status, _, reason, _) in answers.items():
            assert not reason.startswith(("parser failed", "parser returned")), (path.name, section, reason)
            assert status in (Status.COLLECTED, Status.UNSUPPORTED), (path.name, section, reason)
        views = {n: SectionView(s, f, r, raw=raw) for n, (s, f, r, raw) in answers.items()}
        verdicts = {j.rule: j.verdict for j in judge(Asset("a", PLATFORM, "other"), views, rules, 0.0)}
        if name_of(path) in BLIND:
            assert verdicts["snmp_device.health.source"] is Verdict.NOT_COLLECTED, path.name
        else:
            assert verdicts["snmp_device.health.source"] is Verdict.PASS, path.name
            told = ("cpu.usage", "memory.usage", "temperatures.limit", "fans.state", "power.state", "conditions.state")
            judged = [r for r in told if verdicts[f"snmp_device.{r}"] in (Verdict.PASS, Verdict.WARN, Verdict.FAIL)]
            assert judged or name_of(path) == "vrp_ar169fgwl", path.name


def test_every_recorded_walk_is_read_or_refused(fixtures_dir: Path) -> None:
    """Walks in net-snmp's own form, made anonymous by others: a number that is none is refused, never guessed."""
    refused = []
    for path in sorted((fixtures_dir / "snmp" / "centreon").glob("*.snmpwalk")):
        text = path.read_text(encoding="utf-8")
        try:
            values = snmp.read(text)
        except Unparsed as exc:
            refused.append((path.name, str(exc)))
            continue
        assert len(values) == sum(line.startswith(".") for line in text.splitlines())
    assert refused == [("huawei-hmm.snmpwalk", "line 221: INTEGER is not a number: '5.230.00-4064'")]


def test_fan_walk_and_linux_walk_of_others(fixtures_dir: Path) -> None:
    pack = packs.load(PLATFORM)
    fans = parse(pack, "fans", (fixtures_dir / "snmp/centreon/huawei_fan.snmpwalk").read_text(encoding="utf-8"))
    assert fans.facts is not None, fans.reason
    assert {f["state"] for f in fans.facts["fans"]} <= {"ok", "failed", "absent"}
    linux = (fixtures_dir / "snmp/centreon/linux.snmpwalk").read_text(encoding="utf-8")
    for section in ("cpu", "memory", "storage", "load", "interfaces", "system"):
        found = parse(pack, section, linux)
        assert found.status in (Status.COLLECTED, Status.UNPARSED), (section, found)
        assert not found.reason.startswith(("parser failed", "parser returned")), (section, found.reason)


# -- LibreNMS ----------------------------------------------------------------------------------------------------------------

Check = Callable[[dict[str, Any], float], bool]
STATES = {1: "ok", 2: "failed", 3: "absent", 4: "unknown"}
HPE = {1: ("unknown", "absent"), 2: ("ok",), 3: ("warning",), 4: ("failed",)}
HUAWEI, H3C, BROCADE, CPQ = (
    ".1.3.6.1.4.1.2011.5.25.31.1.1", ".1.3.6.1.4.1.25506", ".1.3.6.1.4.1.1588.2.1.1.1", ".1.3.6.1.4.1.232"
)  # fmt: skip


def celsius(item: dict[str, Any], value: float) -> bool:
    return bool(item["celsius"] == value)


def near(field: str) -> Check:
    return lambda item, value: item[field] is not None and abs(item[field] - value) < 0.0051


def condition(item: dict[str, Any], value: float) -> bool:
    return item["state"] in HPE[int(value)]


COVERED: dict[str, tuple[str, str, Check]] = {
    f"{HUAWEI}.1.1.11.": ("temperatures", "sensors", celsius),
    f"{HUAWEI}.3.1.8.": ("optics", "modules", near("rx_dbm")),
    f"{HUAWEI}.3.1.9.": ("optics", "modules", near("tx_dbm")),
    f"{HUAWEI}.10.1.7.": ("fans", "fans", lambda i, v: i["state"] == STATES[int(v)]),
    f"{H3C}.2.6.1.1.1.1.12.": ("temperatures", "sensors", celsius),
    f"{H3C}.8.35.9.1.1.1.2.": ("fans", "fans", lambda i, v: i["state"] == STATES[int(v)]),
    f"{H3C}.8.35.9.1.2.1.2.": ("power", "supplies", lambda i, v: i["state"] == STATES[int(v)]),
    f"{CPQ}.6.2.6.8.1.4.": ("temperatures", "sensors", celsius),
    f"{CPQ}.6.2.6.7.1.9.": ("fans", "fans", condition),
    f"{CPQ}.6.2.9.3.1.4.": ("power", "supplies", condition),
    f"{CPQ}.6.2.9.3.1.7.": ("power", "supplies", lambda i, v: i["reading"] == f"{v:g} W"),
    f"{CPQ}.3.2.2.1.1.6.": ("conditions", "parts", condition),
    f"{CPQ}.3.2.3.1.1.11.": ("conditions", "parts", condition),
    f"{CPQ}.6.2.14.13.1.20.": ("conditions", "parts", condition),
    f"{CPQ}.3.2.5.1.1.37.": ("conditions", "parts", condition),
    f"{BROCADE}.1.22.1.3.": ("*", "", lambda i, v: v == 4 and i.get("state", "ok") == "ok"),
    f"{BROCADE}.1.22.1.4.": ("*", "", lambda i, v: i.get("celsius") == v or i.get("reading") == f"{v:g} rpm"),
    f"{BROCADE}.28.1.1.4.": ("optics", "modules", near("rx_dbm")),
    f"{BROCADE}.28.1.1.5.": ("optics", "modules", near("tx_dbm")),
    ".1.3.6.1.4.1.22610.2.4.3.1.2.10.": ("sessions", "counts", lambda i, v: i["current"] == v),
    ".1.3.6.1.4.1.22610.2.4.3.17.2.2.1.2.": (
        "ha",
        "roles",
        lambda i, v: i["role"] == {0: "standby", 1: "active"}[int(v)],
    ),
    ".1.3.6.1.4.1.3375.2.1.1.2.1.8.": ("sessions", "counts", lambda i, v: i["current"] == v),
    ".1.3.6.1.4.1.3375.2.1.14.3.1.": ("ha", "roles", lambda i, v: i["role"] == {4: "active"}[int(v)]),
}
EMPTY_SLOTS = f"{CPQ}.6.2.14.13.1.20."
ANY = (("temperatures", "sensors"), ("fans", "fans"), ("power", "supplies"))
# file → comparisons of (sensors, processors, memory pools, volumes, ports) that are made today; fewer is a loss
FLOOR: dict[str, tuple[int, int, int, int, int]] = {
    "acos_vthunder": (2, 3, 1, 1, 4),
    "comware_a5500": (6, 1, 1, 0, 30),
    "f5_ve": (2, 2, 1, 6, 7),
    "fabos_6520": (50, 1, 1, 0, 102),
    "hpe-ilo_4": (50, 0, 0, 0, 21),
    "linux_lsi": (0, 12, 1, 2, 4),
    "vrp_5720": (7, 1, 1, 0, 65),
    "vrp_5720-32x-ei": (22, 1, 1, 0, 51),
    "vrp_ac6605-26": (1, 1, 1, 1, 33),
    "vrp_ce12804-withvrf": (0, 0, 0, 0, 116),
    "vrp_ne": (0, 0, 0, 0, 34),
}


def of_json(data: dict[str, Any], module: str, kind: str) -> list[dict[str, Any]]:
    """Rows of a module: what the poller left, else what discovery found."""
    for phase in ("poller", "discovery"):
        rows = (data.get(module) or {}).get(phase)
        if isinstance(rows, dict) and rows.get(kind):
            return list(rows[kind])
    return []


def at_index(answers: dict[str, Any], section: str, items: str, prefix: str, oid: str) -> dict[str, Any] | None:
    """Our item read from the table row that `oid` lies in."""
    status, facts, _, raw = answers[section]
    if status is not Status.COLLECTED:
        return None
    lines = raw.splitlines()
    entry, index = prefix.rstrip(".").rpartition(".")[0] + ".", oid[len(prefix) :]
    for item in facts[items]:
        own = lines[item["_line"] - 1].partition(" = ")[0]
        if own.startswith(entry) and own[len(entry) :].partition(".")[2] == index:
            found: dict[str, Any] = item
            return found
    return None


def compare_sensors(answers: dict[str, Any], data: dict[str, Any]) -> int:
    made = 0
    for sensor in of_json(data, "sensors", "sensors"):
        oid = sensor["sensor_oid"]
        prefix = next((p for p in COVERED if oid.startswith(p)), None)
        if prefix is None:
            continue
        section, items, check = COVERED[prefix]
        places = ANY if section == "*" else ((section, items),)
        if prefix == EMPTY_SLOTS and sensor["sensor_current"] == 1:
            continue  # an empty memory slot is no part
        found = [i for i in (at_index(answers, s, n, prefix, oid) for s, n in places) if i is not None]
        assert found, f"LibreNMS reads {sensor['sensor_descr']} at {oid}, we do not"
        assert check(found[0], float(sensor["sensor_current"])), (
            found[0],
            sensor["sensor_descr"],
            sensor["sensor_current"],
        )
        made += 1
    return made


def compare_shares(answers: dict[str, Any], data: dict[str, Any]) -> tuple[int, int, int]:
    """Processors, memory pools, volumes by their percentage."""
    made = [0, 0, 0]
    for place, (module, kind, section, items, oid_key, share) in enumerate(
        (
            ("processors", "processors", "cpu", "cpus", "processor_oid", "processor_usage"),
            ("mempools", "mempools", "memory", "pools", "mempool_used_oid", "mempool_perc"),
            ("storage", "storage", "storage", "volumes", "storage_used_oid", "storage_perc"),
        )
    ):
        for row in of_json(data, module, kind):
            oid = row.get(oid_key) or row.get("mempool_perc_oid") or row.get("storage_free_oid") or ""
            if row.get("mempool_class") in ("virtual", "buffers", "cached", "shared"):
                continue
            prefix = oid.rstrip("0123456789")
            item = at_index(answers, section, items, prefix, oid)
            if item is None and answers[section][1] is not None:
                item = next(
                    (i for i in answers[section][1][items] if i.get("used_bytes") == row.get("mempool_used", -1)), None
                )
            assert item is not None, f"LibreNMS reads {oid}, we do not"
            assert abs(item["percent"] - row[share]) <= 1, (item, row[share])
            for ours, theirs in (
                ("used_bytes", f"{kind[:-1]}_used"),
                ("used_bytes", "storage_used"),
                ("total_bytes", "storage_size"),
            ):
                if item.get(ours) is not None and row.get(theirs) is not None:
                    assert item[ours] == row[theirs], (item, row[theirs])
            made[place] += 1
    return made[0], made[1], made[2]


def compare_ports(answers: dict[str, Any], data: dict[str, Any]) -> int:
    facts = answers["interfaces"][1]
    own = {i["index"]: i for i in facts["interfaces"]} if facts else {}
    made = 0
    for port in of_json(data, "ports", "ports"):
        item = own.get(port["ifIndex"])
        if item is None:
            assert not facts or port["ifIndex"] is None or port.get("deleted"), port["ifDescr"]
            continue
        assert item["oper"] == port["ifOperStatus"] or port["ifOperStatus"] is None, (item, port["ifOperStatus"])
        assert item["admin"] == port["ifAdminStatus"] or port["ifAdminStatus"] is None, item
        if port.get("ifPhysAddress") and item["mac"]:
            assert item["mac"].replace(":", "") == port["ifPhysAddress"], item
        if port.get("ifSpeed") and item["speed_mbits"]:
            assert abs(item["speed_mbits"] * 1e6 - port["ifSpeed"]) < 1e6, (item, port["ifSpeed"])
        for ours, theirs in (
            ("in_errors", "ifInErrors"),
            ("out_errors", "ifOutErrors"),
            ("in_discards", "ifInDiscards"),
        ):
            if item[ours] is not None and port.get(theirs) is not None:
                assert item[ours] == port[theirs], (item["name"], ours)
        made += 1
    return made


def test_readings_are_those_of_librenms(fixtures_dir: Path) -> None:
    seen = {}
    for path in sorted((fixtures_dir / "snmp" / "librenms").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        answers = asked(path.with_suffix(".snmprec"))
        seen[path.stem] = (compare_sensors(answers, data), *compare_shares(answers, data), compare_ports(answers, data))
    for name, made in seen.items():
        assert all(a >= b for a, b in zip(made, FLOOR.get(name, (0, 0, 0, 0, 0)), strict=True)), (name, made)
    assert set(FLOOR) <= set(seen)
