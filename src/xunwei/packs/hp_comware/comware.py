"""What every parser of this pack needs: Comware text as it comes from a terminal, and the small words in it.

Sources: Comware 5 and 7 command references (fundamentals, interface), and recordings of Comware 3, 5 and 7 sessions.
"""

from __future__ import annotations

import re

from xunwei.parse.text import Unparsed

Line = tuple[int, str]

# Physical and logical interface names, long (Ten-GigabitEthernet1/0/1) and short (XGE1/0/1, E-Ch2/0:0).
IFNAME = r"[A-Za-z][A-Za-z-]*(?:\d+[A-Za-z-]+)?\d+(?:[/.:]\d+)*"
MAC = r"[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}"
IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"

_MORE = re.compile(r"-{2,}\s*More\s*-{2,}")
_CURSOR_LEFT = re.compile(r"\x1b\[(\d*)D")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")
_LOG = re.compile(
    r"^\s*[#%](?:@\d+%)?(?:[A-Z][a-z]{2}\s+\d{1,2}\s+\d{1,2}:\d{2}:\d{2}|\d{4}-\d\d-\d\dT)\S*\s.*\S+/[0-7]/\w+"
)
_PROMPT = re.compile(r"^\s*(?:RBM_[PS])?(?:<[^<>\s]+>|\[[^\[\]\s]+\])\s*(?:(?:dis|display)\b.*)?$")
_ECHO = re.compile(r"^\s*(?:dis|disp|display)\s+[a-z].*$")
_REFUSAL = re.compile(
    r"^\s*(?:%\s*(?:Unrecognized|Incomplete|Ambiguous|Wrong|Too many|Unknown"
    r"|Invalid)\b|Error:|Permission denied|\^\s*$)",
    re.IGNORECASE,
)
# A pager that overwrites its prompt leaves 42 blanks before the next line once its escape sequences are gone.
_PAGER_BLANKS = " " * 42
_UNIT_SECONDS = {"year": 31536000, "week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


def _typed(line: str) -> str:
    """The line as a terminal shows it: backspaces and cursor-left sequences move the cursor, other escapes vanish."""
    line = _CURSOR_LEFT.sub(lambda m: "\b" * min(int(m.group(1) or 1), 500), line)
    line = _ESCAPE.sub("", line).replace("\x00", "").replace("\x07", "")
    if "\b" not in line:
        return line
    shown: list[str] = []
    at = 0
    for char in line:
        if char == "\b":
            at = max(0, at - 1)
            continue
        shown[at : at + 1] = [char]
        at += 1
    return "".join(shown)


def shown_lines(text: str, *, keep_log: bool = False, several: bool = False) -> list[Line]:
    """(1-based raw line number, line) without pager, log interjections, echo, prompts and blank lines.

    Raises Unparsed when the device refused the command or the answer stops at a pager prompt. `several`: the answers to
    several questions; what is refused of them is left out.
    """
    found: list[Line] = []
    stopped = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _typed(raw).rstrip()
        if _MORE.search(line):
            stopped = True
            line = _MORE.sub("", line)
        if not line.strip():
            continue
        if line.startswith(_PAGER_BLANKS):
            line = line[len(_PAGER_BLANKS) :]
        if _PROMPT.match(line) or (not found and _ECHO.match(line)):
            continue
        if not keep_log and _LOG.match(line):
            continue
        if _REFUSAL.match(line):
            if several:
                continue
            raise Unparsed(f"the device refused: {line.strip()[:60]!r}")
        stopped = False
        found.append((number, line))
    if stopped:
        raise Unparsed("the answer stops at a pager prompt")
    if not found:
        raise Unparsed("the answer is empty")
    return found


def unknown(line: Line, what: str) -> Unparsed:
    """An Unparsed that names a line that does not belong where it is."""
    return Unparsed(f"line {line[0]} is not {what}: {line[1].strip()[:60]!r}")


def entire(pattern: re.Pattern[str], text: str, what: str) -> re.Match[str]:
    """The match of all of `text`, or Unparsed naming `what`."""
    match = pattern.fullmatch(text)
    if match is None:
        raise Unparsed(f"{what} not understood: {text.strip()[:60]!r}")
    return match


def whole(word: str, what: str) -> int:
    """`word` as a non-negative int of at most 20 digits, or Unparsed."""
    if not re.fullmatch(r"[0-9]{1,20}", word):
        raise Unparsed(f"{what} is not a whole number: {word[:40]!r}")
    return int(word)


def maybe(word: str, what: str) -> int | None:
    """A counter; `-`, `--` and `N/A` mean that the device does not count it."""
    return None if word in ("-", "--", "N/A", "NA") else whole(word, what)


def real(word: str, what: str) -> float | None:
    """A measured decimal; `-`, `--`, `N/A` mean not measured."""
    if word in ("-", "--", "N/A", "NA", "n/a"):
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,9})?", word):
        raise Unparsed(f"{what} is not a number: {word[:40]!r}")
    return float(word)


def percent(word: str, what: str) -> float:
    """A percentage 0…100, without the sign."""
    value = real(word, what)
    if value is None or not 0 <= value <= 100:
        raise Unparsed(f"{what} is not a percentage: {word[:40]!r}")
    return value


def ipv4(word: str, what: str = "address") -> str:
    """`word` if it is a dotted IPv4 address, or Unparsed."""
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", word) or any(int(p) > 255 for p in word.split(".")):
        raise Unparsed(f"{what} is not an IPv4 address: {word[:40]!r}")
    return word


def mac(word: str) -> str:
    """`HHHH-HHHH-HHHH` as `hh:hh:hh:hh:hh:hh`."""
    if not re.fullmatch(MAC, word):
        raise Unparsed(f"not a MAC address: {word[:40]!r}")
    digits = word.replace("-", "").lower()
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def vlan(word: str) -> int | None:
    """A VLAN id 1…4094; `N/A` and `--` are none."""
    value = maybe(word, "VLAN")
    if value is not None and not 1 <= value <= 4094:
        raise Unparsed(f"not a VLAN id: {word[:40]!r}")
    return value


def duration(words: str) -> int:
    """`35 weeks, 6 days, 17 hours, 5 minutes` as seconds."""
    total = 0
    parts = [part.strip() for part in re.split(r"[,\s]\s*(?=\d)", words.strip())]
    for part in parts:
        match = re.fullmatch(r"(\d{1,9})\s*([a-z]+?)s?", part.lower())
        if match is None or match.group(2) not in _UNIT_SECONDS:
            raise Unparsed(f"not a duration: {words[:60]!r}")
        total += int(match.group(1)) * _UNIT_SECONDS[match.group(2)]
    return total


def speed(word: str) -> int | None:
    """`10Gbps`, `1000Mbps`, `1000M`, `1G(a)`, `1000Mb/s` in bit/s; unknown and auto are none."""
    bare = re.sub(r"\(a\)$", "", word.strip()).lower()
    if bare in ("unknown", "auto", "-", "--", "a", "n/a"):
        return None
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)(k|m|g|t)?(?:bps|b/s|bit/s)?", bare)
    if match is None:
        raise Unparsed(f"not a speed: {word[:40]!r}")
    factor = {None: 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}[match.group(2)]
    return round(float(match.group(1)) * factor)


def duplex(word: str) -> str | None:
    """`full` or `half`; unknown and auto are none."""
    bare = re.sub(r"\(a\)$", "", word.strip()).lower().removesuffix("-duplex")
    if bare in ("full", "f"):
        return "full"
    if bare in ("half", "h"):
        return "half"
    if bare in ("unknown", "auto", "a", "-", "--", "n/a"):
        return None
    raise Unparsed(f"not a duplex mode: {word[:40]!r}")
