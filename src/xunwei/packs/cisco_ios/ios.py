"""What every parser of this pack needs: IOS text as it comes from a terminal, and the small words in it.

Sources: Cisco IOS and IOS-XE command references, and recordings of IOS-XE 17 sessions (Catalyst 9200L, 9800).
Ruijie RGOS prints many answers in the same words; its pack reads those with the functions here.
"""

from __future__ import annotations

import re

from xunwei.parse.text import Unparsed

Line = tuple[int, str]

IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
MAC = r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
# GigabitEthernet1/0/1, Gi1/0/1, Vlan10, Port-channel1; Ruijie writes a blank before the number.
IFNAME = r"[A-Za-z][A-Za-z0-9-]*? ?\d+(?:[/.:]\d+)*"

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])")
_MORE = re.compile(r"-{2,} ?[Mm]ore ?-{2,}")
_REFUSAL = re.compile(
    r"\s*(?:% ?(?:Invalid|Incomplete|Ambiguous|Unrecognized|Unknown|Bad|Authorization|User|Access|Error)\b.*|\^\s*)"
)
# A log message that a console or `terminal monitor` writes between the lines of an answer.
_LOG = re.compile(
    r"^[*.]?(?:\d+: )*(?:[*.]?[A-Z][a-z]{2}\s+\d{1,2}\s.*?: )?%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+:"
)
_CLOCK = re.compile(r"^(?:Load for five secs: |Time source is )")
_SECONDS = {"year": 31536000, "week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


def shown(text: str, *, keep_log: bool = False) -> list[Line]:
    """(1-based line number, line without trailing blanks) of an answer, without blank lines and log interjections.

    Raises Unparsed when the device refused the command or the answer stops at a pager prompt.
    """
    found: list[Line] = []
    stopped = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _ESCAPE.sub("", raw).replace("\x00", "").replace("\x07", "")
        if "\b" in line or _MORE.search(line):
            stopped = _MORE.sub("", line.replace("\b", "")).strip() == ""
            line = _MORE.sub("", line).rsplit("\b", 1)[-1]
        line = line.rstrip()
        if not line.strip():
            continue
        if _REFUSAL.fullmatch(line):
            raise Unparsed(f"line {number}: the device refused the command: {line.strip()[:60]!r}")
        if not keep_log and (_LOG.match(line) or _CLOCK.match(line)):
            continue
        found.append((number, line.expandtabs()))
        stopped = False
    if stopped:
        raise Unparsed("the answer stops at a pager prompt")
    if not found:
        raise Unparsed("empty answer")
    return found


def unknown(line: Line, what: str) -> Unparsed:
    """The refusal of a line that does not belong to `what`."""
    return Unparsed(f"line {line[0]} is not {what}: {line[1].strip()[:60]!r}")


def whole(word: str, what: str = "number") -> int:
    """A whole number of at most 20 digits, or Unparsed."""
    bare = word.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,20}", bare):
        raise Unparsed(f"{what} is not a whole number: {word[:40]!r}")
    return int(bare)


def real(word: str, what: str = "number") -> float:
    """A decimal number, or Unparsed."""
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,9})?", word):
        raise Unparsed(f"{what} is not a number: {word[:40]!r}")
    return float(word)


def maybe_real(word: str) -> float | None:
    """A decimal number; `N/A`, `--` and the like are none."""
    return None if word.strip().upper() in ("N/A", "NA", "-", "--", "-INF", "-INF.", "LOW") else real(word)


def percent(word: str, what: str) -> float:
    """A percentage 0…100, with or without the sign."""
    value = real(word.strip().removesuffix("%").strip(), what)
    if not 0 <= value <= 100:
        raise Unparsed(f"{what} is not a percentage: {word[:40]!r}")
    return value


def ipv4(word: str) -> str:
    """`word` if it is a dotted IPv4 address, or Unparsed."""
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", word) or any(int(p) > 255 for p in word.split(".")):
        raise Unparsed(f"not an IPv4 address: {word[:40]!r}")
    return word


def mac(word: str) -> str:
    """`hhhh.hhhh.hhhh` as `hh:hh:hh:hh:hh:hh`."""
    digits = re.sub(r"[.:-]", "", word).lower()
    if not re.fullmatch(r"[0-9a-f]{12}", digits):
        raise Unparsed(f"not a MAC address: {word[:40]!r}")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def duration(words: str) -> int:
    """`1 year, 2 weeks, 3 days, 4 hours, 5 minutes` as seconds."""
    total = 0
    for part in re.split(r"\s*,\s*", words.strip()):
        match = re.fullmatch(r"(\d{1,9}) ([a-z]+?)s?", part)
        if match is None or match[2] not in _SECONDS:
            raise Unparsed(f"not a duration: {words[:60]!r}")
        total += int(match[1]) * _SECONDS[match[2]]
    return total


def plain_name(name: str) -> str:
    """An interface name without the blank that some releases put before the number."""
    return re.sub(r"\s+(?=\d)", "", name.strip())


def rule_line(line: str) -> bool:
    """Whether a line is only dashes: the line below a table's header."""
    return re.fullmatch(r"[\s=+|-]*[-=]{2,}[\s=+|-]*", line) is not None
