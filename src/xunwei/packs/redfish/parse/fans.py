"""Fans: `Chassis/*/Thermal` (iBMC and all services before 2020.4), or `Chassis/*/ThermalSubsystem/Fans/*`.

Sample (iBMC; DSP0268 Thermal): {"@odata.type": "#Thermal.v1_0_2.Thermal", "Fans": [{"MemberId": "0", "Name":
"Fan1 Front", "Reading": 5040, "ReadingUnits": "RPM", "Status": {"State": "Enabled", "Health": "OK"}}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.parse.power import group
from xunwei.packs.redfish.resources import Book, Json, at, distinct, health, label, number, record, state, text
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Fans and their redundancy over all chassis. Raises Unparsed."""
    book = Book(raw).only("Thermal", "ThermalSubsystem", "Fan")
    fans: list[Json] = []
    for thermal in book.of("Thermal"):
        fans += [_embedded(entry, line) for entry, line in book.embedded(thermal, "Fans")]
    for resource in [*book.of("Fan"), *book.unread()]:
        fans.append(_fan(resource.body, resource.line, resource.last))
    if not fans and not any("Fans" in r.body for r in book.of("Thermal", "ThermalSubsystem")):
        raise Unparsed("the answer says nothing of fans")
    places = [(r, "Redundancy") for r in book.of("Thermal")]
    places += [(r, "FanRedundancy") for r in book.of("ThermalSubsystem")]
    groups = [group(entry, line, r) for r, key in places for entry, line in book.embedded(r, key)]
    return {"fans": distinct(fans), "redundancy": distinct(groups)}


def _embedded(entry: Json, line: int | None) -> Json:
    lower = number(entry, "LowerThresholdCritical")
    facts = {
        "name": text(entry, "Name") or text(entry, "FanName") or label(entry, "fan"),
        "reading": number(entry, "Reading"),
        "unit": text(entry, "ReadingUnits"),
        "lower": lower if lower is not None else number(entry, "LowerThresholdFatal"),
        "state": state(entry),
        "health": health(entry),
    }
    return at(facts, line)


def _fan(body: Json, line: int | None, fallback: str) -> Json:
    speed = record(body, "SpeedPercent")
    rpm = number(speed, "SpeedRPM")
    percent = number(speed, "Reading")
    facts = {
        "name": label(body, fallback),
        "reading": rpm if rpm is not None else percent,
        "unit": "RPM" if rpm is not None else "Percent" if percent is not None else None,
        "lower": None,
        "state": state(body),
        "health": health(body),
    }
    return at(facts, line)
