"""SNMP values in the text form of net-snmp's `snmpwalk -On -OU`, one object a line (read by `xunwei.parse.snmp`)."""

from __future__ import annotations

from typing import Any

from pyasn1.type import univ  # type: ignore[import-untyped]
from pysnmp.proto import rfc1902, rfc1905  # type: ignore[import-untyped]

Oid = tuple[int, ...]
NO_OBJECT = "No Such Object available on this agent at this OID"
NO_INSTANCE = "No Such Instance currently exists at this OID"
END_OF_MIB = "No more variables left in this MIB View (It is past the end of the MIB tree)"
_EXCEPTIONS: dict[type, str] = {
    rfc1905.NoSuchObject: NO_OBJECT,
    rfc1905.NoSuchInstance: NO_INSTANCE,
    rfc1905.EndOfMibView: END_OF_MIB,
}
_NUMBERS: dict[type, str] = {
    rfc1902.Integer: "INTEGER",
    rfc1902.Integer32: "INTEGER",
    rfc1902.Counter32: "Counter32",
    rfc1902.Counter64: "Counter64",
    rfc1902.Gauge32: "Gauge32",
    rfc1902.Unsigned32: "Gauge32",
}
# Only these stand for themselves in no case: everything else printable does, so that answers stay readable.
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class UnknownTypeError(ValueError):
    """A value of a type that SNMP does not have."""


def name(oid: Oid) -> str:
    """`.1.3.6.1`."""
    return "." + ".".join(map(str, oid))


def exception(value: Any) -> str:
    """What an exception value (RFC 3416, 2.5) says, '' for any other value."""
    return _EXCEPTIONS.get(type(value), "")


def line(oid: Oid, value: Any) -> str:
    """One object with its value, without a line break. Raises UnknownTypeError."""
    return f"{name(oid)} = {text(value)}"


def text(value: Any) -> str:  # noqa: PLR0911 - one per type
    """`TYPE: value`. Raises UnknownTypeError."""
    kind = type(value)
    if kind in _NUMBERS:
        return f"{_NUMBERS[kind]}: {int(value)}"
    if kind is rfc1902.OctetString:
        return string(bytes(value))
    if kind is rfc1902.TimeTicks:
        return ticks(int(value))
    if isinstance(value, univ.ObjectIdentifier):
        return f"OID: {name(tuple(value))}"
    if kind is rfc1902.IpAddress:
        return "IpAddress: " + ".".join(map(str, bytes(value)))
    if kind is rfc1902.Opaque:
        return f"Opaque: {bytes(value).hex(' ').upper()}"
    if kind is rfc1902.Null:
        return "NULL"
    found = exception(value)
    if not found:
        raise UnknownTypeError(f"a value of type {kind.__name__}")
    return found


def string(raw: bytes) -> str:
    """An OCTET STRING: as text when it is printable UTF-8, else as octets."""
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        return f"Hex-STRING: {raw.hex(' ').upper()}"
    if plain.isprintable() or all(c.isprintable() or c in "\r\n\t" for c in plain):
        return f'STRING: "{plain.translate(_ESCAPES)}"'
    return f"Hex-STRING: {raw.hex(' ').upper()}"


def ticks(hundredths: int) -> str:
    """TimeTicks with days, hours, minutes, seconds behind it."""
    seconds, rest = divmod(hundredths, 100)
    days, day = divmod(seconds, 86400)
    before = f"{days} day{'' if days == 1 else 's'}, " if days else ""
    return f"Timeticks: ({hundredths}) {before}{day // 3600}:{day // 60 % 60:02}:{day % 60:02}.{rest:02}"
