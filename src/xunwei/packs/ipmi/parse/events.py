"""The event log with its clock: `sel time get` and `sel elist last 500` (simulator; ipmitool 1.8.18 and 1.8.19).

    # sel time get
    11/25/26 12:27:25 UTC
    # sel elist last 500
       1 | 11/25/26 | 12:27:23 UTC | Temperature Inlet Temp | Upper Critical going high | Asserted | Reading 49 > Threshold 48 degrees C
       2 | Pre-Init  |0000000017| Power Supply PS2 Status | Failure detected | Asserted

The log's clock is the only one its entries can be told by: ages are differences within it. Severity is that of the
event's words (IPMI 2.0, tables 42-1 to 42-3), whatever type of sensor; null when the words are not known.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from xunwei.model import Facts
from xunwei.packs.ipmi import words
from xunwei.packs.ipmi.lines import Part, parts
from xunwei.parse import Unparsed

_TIME = re.compile(r"(\d\d)/(\d\d)/(\d{2}|\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC)?")
_ENTRY = re.compile(
    r"\s*([0-9a-f]{1,4}) +\| *(.*?) *\| *(.*?) *\| *(.*?) *(?:\| *(.*?) *)?(?:\| *(Asserted|Deasserted) *)?(?:\|(.*))?"
)
_THRESHOLD = {"non-critical": "warning", "critical": "critical", "non-recoverable": "critical"}
DAY = 86400.0


def parse(text: str) -> Facts:
    """Clock and entries. Raises Unparsed."""
    found = parts(text)
    asked = {p.ask: p for p in found}
    if len(found) != len(asked) or set(asked) != {"sel time get", "sel elist last 500"}:
        raise Unparsed("not the answers to both questions")
    clock, clock_line = _clock(asked["sel time get"])
    lines = asked["sel elist last 500"].lines
    if len(lines) == 1 and lines[0][1].strip() == "SEL has no entries":
        lines = []
    events = [_entry(number, line, clock) for number, line in lines]
    return {"clock": clock, "events": events, "read": len(events), "_lines": {"clock": clock_line}}


def _clock(part: Part) -> tuple[int | None, int]:
    if len(part.lines) != 1:
        raise Unparsed("the log's clock did not answer")
    number, line = part.lines[0]
    if re.match(r"S\+|Pre-Init|Unspecified|Unknown", line.strip()):
        return None, number
    return _epoch(line.strip(), number), number


def _epoch(text: str, number: int) -> int:
    match = _TIME.fullmatch(text)
    if match is None:
        raise Unparsed(f"line {number} is not a time: {text[:40]!r}")
    month, day, year, hour, minute, second = map(int, match.groups())
    try:
        moment = dt.datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        raise Unparsed(f"line {number} is not a time: {text[:40]!r}") from None
    return int(moment.timestamp())


def _entry(number: int, line: str, clock: int | None) -> dict[str, object]:
    match = _ENTRY.fullmatch(line)
    if match is None:
        raise Unparsed(f"line {number} is not an entry: {line[:60]!r}")
    record, day, hour, sensor, event, direction, _ = match.groups()
    age: float | None = None
    if re.fullmatch(r"\d\d/\d\d/\d{2,4}", day):
        age = None if clock is None else round((clock - _epoch(f"{day} {hour}", number)) / DAY, 3)
    elif not re.match(r"Pre-Init|S\+|Unspecified|Unknown", day):
        raise Unparsed(f"line {number} has no time: {line[:60]!r}")
    said = event or ""
    return {
        "id": record, "sensor": sensor, "event": said, "severity": severity(said), "asserted": direction != "Deasserted",
        "age_days": age, "_line": number,
    }  # fmt: skip


def severity(event: str) -> str | None:
    """ok, warning or critical; None for words that are not known (OEM entries)."""
    match = re.match(r"(?i)(?:at or (?:below|above) )?(?:lower|upper) (non-critical|critical|non-recoverable)", event)
    if match:
        return _THRESHOLD[match[1].lower()]
    word = event.lower().partition(" (")[0].strip()
    state = _vocabulary().get(word)
    return "ok" if state == "none" else state


@functools.cache
def _vocabulary() -> dict[str, str]:
    """Words of every type, the worst meaning where types differ, and those that only events use."""
    found: dict[str, str] = {}
    for kind in words.SPECIFIC:
        for word, state in words.known(kind).items():
            found[word] = max(state, found.get(word, "none"), key=words.RANK.__getitem__)
    # An event of presence, of power or of starting up is no fault by itself.
    plain = (
        "power cycle", "power down", "power off/down", "boot completed - device not specified", "c: boot completed", "os boot",
        "initiated by power up", "initiated by hard reset", "initiated by warm reset", "timestamp clock sync", "s0/g0: working",
        "s4/s5: soft-off", "s5/g2: soft-off", "legacy on state", "legacy off state", "power button pressed", "reset button pressed",
        "log area reset/cleared", "system boot initiated", "os graceful shutdown", "graceful shutdown",
    )  # fmt: skip
    return {**found, **dict.fromkeys(plain, "ok"), "state asserted": "warning"}
