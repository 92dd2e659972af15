"""SMART health and attributes, smartctl(8) `-i -H -A`, one part per disk: `== DEVICE TYPE EXIT`.

== /dev/sda sat 0
SMART overall-health self-assessment test result: PASSED
ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE
  5 Reallocated_Sector_Ct   0x0033   100   100   010    Pre-fail  Always       -       0
197 Current_Pending_Sector  0x0012   100   100   000    Old_age   Always       -       0
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, parts
from xunwei.parse.text import Unparsed, integer

_HEAD = re.compile(r"(/dev/\S+) (\S+) (\d{1,3})")
_HEALTH = (
    (re.compile(r"SMART overall-health self-assessment test result: (\S.*)"), "PASSED"),
    (re.compile(r"SMART Health Status: (\S.*)"), "OK"),
)
_ATTRIBUTE = re.compile(
    r"\s*(\d{1,3}) (\S+)\s+0x[0-9a-f]{4}\s+(?:\d{3}|---)\s+(?:\d{3}|---)\s+(?:\d{3}|---)\s+(?:Pre-fail|Old_age)\s+"
    r"(?:Always|Offline)\s+(-|FAILING_NOW|In_the_past)\s+(\d+).*"
)
# Facts and where they stand: ATA attribute number, or the line of SCSI and NVMe answers.
_ATA = {5: "reallocated", 197: "pending", 198: "offline_uncorrectable"}
_NAMED = {
    "reallocated": re.compile(r"Elements in grown defect list:\s+(\d+)"),
    "media_errors": re.compile(r"Media and Data Integrity Errors:\s+([\d,]+)"),
    "wear_percent": re.compile(r"Percentage Used:\s+(\d+)%|Percentage used endurance indicator:\s+(\d+)%"),
    "critical_warning": re.compile(r"Critical Warning:\s+0x([0-9a-fA-F]{2})"),
}
_WORDS = ("reallocated", "pending", "offline_uncorrectable", "media_errors", "wear_percent", "critical_warning")


def parse(text: str) -> Facts:
    """Facts of `smart`. `passed` is null when the disk sleeps or gives no health; `disks` null without smartctl."""
    if text.strip() == "tool=none":
        return {"disks": None, "errors": []}
    disks = [_disk(part) for part in parts(text)]
    return {"disks": disks, "errors": [_errors(disk) for disk in disks]}


def _errors(disk: Facts) -> Facts:
    """What only grows. Disks behind one controller share a device: its type tells them apart."""
    counts = {k: disk[k] for k in ("reallocated", "offline_uncorrectable", "media_errors")}
    return {"name": f"{disk['device']} {disk['type']}", **counts, "_line": disk["_line"]}


def _disk(part: Part) -> Facts:
    head = _HEAD.fullmatch(part.name)
    if head is None:
        raise Unparsed(f"heading is not DEVICE TYPE EXIT: {part.name[:60]!r}")
    values: dict[str, int | None] = dict.fromkeys(_WORDS)
    passed: bool | None = None
    line, failing, table = part.line, [], False
    for number, content in part.lines:
        for pattern, good in _HEALTH:
            match = pattern.fullmatch(content)
            if match:
                passed, line = match.group(1) == good, number
        if content.startswith("ID# ATTRIBUTE_NAME"):
            table = True
            continue
        if table and re.match(r"\s*\d{1,3} \S", content):
            attribute = _ATTRIBUTE.fullmatch(content)
            if attribute is None:
                raise Unparsed(f"line {number} is not an attribute: {content[:60]!r}")
            if attribute.group(3) == "FAILING_NOW":
                failing.append(attribute.group(2))
            if int(attribute.group(1)) in _ATA:
                values[_ATA[int(attribute.group(1))]] = int(attribute.group(4))
        _named(content, values)
    return {
        "device": head.group(1),
        "type": head.group(2),
        "passed": passed,
        "failing": failing,
        **values,
        "_line": line,
    }


def _named(content: str, values: dict[str, int | None]) -> None:
    for name, pattern in _NAMED.items():
        match = pattern.match(content)
        if match:
            word = next(g for g in match.groups() if g is not None)
            values[name] = int(word, 16) if name == "critical_warning" else integer(word, name)
