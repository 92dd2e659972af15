"""Recorded agents: `.snmprec` files (snmpsim's format, `OID|tag|value`) asked like a device, for tests and replays.

`from_snmprec(text)` gives the whole recording in the raw form of `xunwei.parse.snmp`; `Recording(text).ask([...])` what the
collector would get for a section's `ask` lines, with the same `No Such Object` lines for what is not there.
Tags are ASN.1 tags (2 INTEGER, 4 OCTET STRING, 5 NULL, 6 OID, 64 IpAddress, 65 Counter32, 66 Gauge32, 67 TimeTicks,
68 Opaque, 70 Counter64); `x` after it: the value is in hexadecimal; `:module` after it: a variation, taken at its start.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from xunwei.parse.snmp import NO_INSTANCE, NO_OBJECT, dotted
from xunwei.parse.text import Unparsed

Oid = tuple[int, ...]
_KINDS = {"2": "INTEGER", "65": "Counter32", "66": "Gauge32", "70": "Counter64"}
_SIZES = {"65": 2**32, "66": 2**32, "67": 2**32, "70": 2**64}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def string(raw: bytes) -> str:
    """An OCTET STRING in raw form: STRING when it is printable UTF-8, else Hex-STRING."""
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        plain = "\0"
    if all(c.isprintable() or c in "\r\n\t" for c in plain):
        return f'STRING: "{plain.translate(_ESCAPES)}"'
    return f"Hex-STRING: {raw.hex(' ').upper()}"


def ticks(hundredths: int) -> str:
    """TimeTicks in raw form."""
    seconds, rest = divmod(hundredths, 100)
    days, day = divmod(seconds, 86400)
    before = f"{days} day{'' if days == 1 else 's'}, " if days else ""
    return f"Timeticks: ({hundredths}) {before}{day // 3600}:{day // 60 % 60:02}:{day % 60:02}.{rest:02}"


def from_snmprec(text: str | bytes) -> str:
    """All objects of a recording, by OID, in raw form. Raises Unparsed for a line that is not one."""
    return Recording(text).text()


class Recording:
    """A recording that can be asked. Of objects recorded twice the first counts, as in an agent's index."""

    def __init__(self, text: str | bytes) -> None:
        raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        found: dict[Oid, str] = {}
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line.strip() and not line.startswith(b"#"):
                oid, value = _object(line.rstrip(b"\r"), number)
                found.setdefault(oid, value)
        self._oids = sorted(found)
        self._found = found

    def text(self) -> str:
        """Everything in raw form."""
        return "".join(self._line(oid) for oid in self._oids)

    def ask(self, asks: Iterable[str]) -> str:
        """The answer to `walk OID…`, `get OID…`, `next OID…`, `also OID…` lines; '' when none of it is there."""
        lines: dict[Oid, str] = {}
        some = False
        for ask in asks:
            how, *oids = ask.split()
            if how == "also" and not some:
                continue
            for oid in (tuple(map(int, o.strip(".").split("."))) for o in oids):
                hits = self._hits(how, oid)
                some = some or bool(hits and how != "also")
                lines |= {hit: self._line(hit) for hit in hits if hit not in lines}
                if not hits:
                    lines.setdefault(oid, f"{_name(oid)} = {NO_INSTANCE if how == 'get' else NO_OBJECT}\n")
        return "".join(lines.values()) if some else ""

    def _hits(self, how: str, oid: Oid) -> list[Oid]:
        if how == "get":
            return [oid] if oid in self._found else []
        first = bisect.bisect_left(self._oids, oid)
        last = bisect.bisect_left(self._oids, (*oid[:-1], oid[-1] + 1))
        return self._oids[first : min(last, first + 1) if how == "next" else last]

    def _line(self, oid: Oid) -> str:
        return f"{_name(oid)} = {self._found[oid]}\n"


def _name(oid: Oid) -> str:
    return "." + ".".join(map(str, oid))


def _object(line: bytes, number: int) -> tuple[Oid, str]:
    parts = line.split(b"|", 2)
    if len(parts) != 3 or not re.fullmatch(rb"\.?\d+(\.\d+)+", parts[0]):
        raise Unparsed(f"line {number} is not OID|tag|value: {line[:60]!r}")
    oid = tuple(map(int, parts[0].strip(b".").split(b".")))
    tag, _, module = parts[1].decode("ascii", "replace").partition(":")
    try:
        return oid, _value(tag, module, parts[2])
    except (ValueError, OverflowError) as exc:
        raise Unparsed(f"line {number}: {exc}") from None


def _octets(digits: str) -> bytes:
    """Octets from hexadecimal; half an octet at the end is dropped, as snmpsim does."""
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _value(tag: str, module: str, value: bytes) -> str:  # noqa: PLR0911 - one per type
    plain, hexed = tag.removesuffix("x"), tag.endswith("x")
    raw = _octets(value.decode("ascii").strip()) if hexed else value
    if module:
        start = re.search(rb"initial=(\d+)", value)
        raw = start[1] if start else b"0"
    if plain == "4":
        return string(raw)
    if plain == "64":
        return "IpAddress: " + (".".join(map(str, raw)) if hexed else raw.decode("ascii"))
    if plain == "6":
        return f"OID: {dotted(raw.decode('ascii'))}"
    if plain == "68":
        return f"Opaque: {raw.hex(' ').upper()}"
    if plain == "5":
        return "NULL"
    # An agent encodes a negative number in an unsigned type as its complement.
    number = int(raw.decode("ascii").strip() or "0") % _SIZES.get(plain, 2**128) if plain in _SIZES else int(raw)
    if plain == "67":
        return ticks(number)
    if plain not in _KINDS:
        raise ValueError(f"unknown tag {tag!r}")
    return f"{_KINDS[plain]}: {number}"
