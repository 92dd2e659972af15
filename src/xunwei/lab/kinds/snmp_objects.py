"""The objects of a simulated SNMP device, read from text in snmpsim's form, encoded once and kept in order."""

from __future__ import annotations

import bisect
import ipaddress
import re
import time
from collections.abc import Iterable

from xunwei.lab.kinds import snmp_ber as ber
from xunwei.lab.kinds.snmp_ber import Oid

_LINE = re.compile(r"\.?(\d+(?:\.\d+)+)\|(\d+)(x|:numeric)?\|(.*)")
_BITS = {ber.COUNTER32: 32, ber.GAUGE32: 32, ber.TICKS: 32, ber.COUNTER64: 64}
_GROW = re.compile(r"initial=(\d+),rate=(-?\d+(?:\.\d+)?)")


class Objects:
    """Sorted objects. `hidden`: OIDs whose subtrees are left out. Raises ValueError for text that is not of the form."""

    def __init__(self, text: str, hidden: Iterable[str], *, began: float = 0.0) -> None:
        self._began = began
        self._growing: dict[Oid, tuple[int, int, float]] = {}  # tag, initial, rate per second
        self._values: dict[Oid, bytes] = {}
        cut = [parse_oid(h) for h in hidden]
        for line in text.splitlines():
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            oid, encoded = self._object(line)
            if oid in self._values:
                raise ValueError(f"object given twice: {line}")
            if not any(oid[: len(c)] == c for c in cut):
                self._values[oid] = encoded
        self.oids = sorted(self._values)
        self._names = {oid: ber.oid(oid) for oid in self.oids}

    def _object(self, line: str) -> tuple[Oid, bytes]:
        match = _LINE.fullmatch(line.strip(" \r") if "|4|" not in line else line)
        if match is None:
            raise ValueError(f"not OID|tag|value: {line}")
        oid, tag, how, value = parse_oid(match[1]), int(match[2]), match[3], match[4]
        if how == ":numeric":
            grow = _GROW.fullmatch(value)
            if grow is None or tag not in _BITS:
                raise ValueError(f"not initial=N,rate=N: {line}")
            self._growing[oid] = (tag, int(grow[1]), float(grow[2]))
            return oid, b""
        try:
            return oid, encode(tag, bytes.fromhex(value) if how == "x" else value)
        except ValueError as err:
            raise ValueError(f"{err}: {line}") from None

    def varbind(self, oid: Oid) -> bytes | None:
        """The encoded variable binding of an object, None when there is none."""
        value = self._values.get(oid)
        if value is None:
            return None
        if not value:
            tag, initial, rate = self._growing[oid]
            number = int(initial + rate * (time.monotonic() - self._began))
            value = ber.integer(max(number, 0) % 2 ** _BITS[tag], tag)
        return ber.tlv(ber.SEQUENCE, self._names[oid] + value)

    def is_64_bit(self, oid: Oid) -> bool:
        """Whether an object is a Counter64."""
        value = self._values[oid]
        return (value[0] if value else self._growing[oid][0]) == ber.COUNTER64

    def missing(self, oid: Oid) -> int:
        """noSuchInstance when the object type is known here, else noSuchObject (RFC 3416, 4.2.1)."""
        first = bisect.bisect_left(self.oids, oid[:-1])
        known = first < len(self.oids) and len(oid) > 8 and self.oids[first][: len(oid) - 1] == oid[:-1]
        return ber.NO_INSTANCE if known else ber.NO_OBJECT

    def after(self, oid: Oid) -> int:
        """Position in `oids` of the first object behind `oid`."""
        return bisect.bisect_right(self.oids, oid)


def parse_oid(text: str) -> Oid:
    """`1.3.6` or `.1.3.6` as numbers."""
    return tuple(map(int, text.strip(".").split(".")))


def encode(tag: int, value: str | bytes) -> bytes:  # noqa: PLR0911 - one per type
    """One value by its tag."""
    if tag == ber.STRING:
        return ber.tlv(tag, value if isinstance(value, bytes) else value.encode("utf-8"))
    if tag == ber.OPAQUE and isinstance(value, bytes):
        return ber.tlv(tag, value)
    if isinstance(value, bytes) and tag != ber.IP:
        raise ValueError("hexadecimal is for strings")
    if tag == ber.IP:
        return ber.tlv(tag, value if isinstance(value, bytes) else ipaddress.IPv4Address(value).packed)
    if tag == ber.NULL:
        return ber.tlv(tag, b"")
    assert isinstance(value, str)
    if tag == ber.OID:
        return ber.oid(parse_oid(value))
    number = int(value)
    if tag == ber.INTEGER and -(2**31) <= number < 2**31:
        return ber.integer(number)
    if tag in _BITS and 0 <= number < 2 ** _BITS[tag]:
        return ber.integer(number, tag)
    raise ValueError("unknown tag, or a number out of range")
