"""Reading SNMP answers: the numeric text form of net-snmp's `snmpwalk -On -OU`, one object a line.

    .1.3.6.1.2.1.1.1.0 = STRING: "Linux fw-1 \\"lab\\"\\r\\nbuild 7"     text; escapes \\" \\\\ \\n \\r \\t keep it on one line
    .1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.8072.3.2.10
    .1.3.6.1.2.1.1.3.0 = Timeticks: (360000) 1:00:00.00            hundredths of a second
    .1.3.6.1.2.1.2.2.1.6.2 = Hex-STRING: 00 1A 2B 3C 4D 5E         octets that are not printable UTF-8
    .1.3.6.1.2.1.2.2.1.8.2 = INTEGER: 1                            also Gauge32, Counter32, Counter64
    .1.3.6.1.2.1.4.20.1.1.192.0.2.1 = IpAddress: 192.0.2.1
    .1.3.6.1.4.1.2021.10.1.6.1 = Opaque: 9F 78 04 3E 99 99 9A      BER inside; floats are decoded
    .1.3.6.1.2.1.47.1.1.1 = No Such Object available on this agent at this OID

`read` gives {OID: Value}; what the asset says it does not have is in `.absent`. `table` and `scalars` give `Row`s with
typed access. Everything raises Unparsed rather than guess; a column that was not answered is None.
Sources: RFC 2578/2579 (types, DisplayString, DateAndTime), RFC 3416 (exceptions), snmpcmd(1) (output form).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from xunwei.parse.text import Unparsed

NUMBERS = ("INTEGER", "Gauge32", "Counter32", "Counter64", "Timeticks")
COUNTERS = ("Counter32", "Counter64")
NO_OBJECT = "No Such Object available on this agent at this OID"
NO_INSTANCE = "No Such Instance currently exists at this OID"
END_OF_MIB = "No more variables left in this MIB View (It is past the end of the MIB tree)"

_LINE = re.compile(r"(\.\d+(?:\.\d+)*) = (?:([A-Za-z][A-Za-z0-9-]*): ?)?(.*)", re.DOTALL)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2} ?)*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_TICKS = re.compile(r"\((\d+)\).*|(\d+)")
_NUMBER = re.compile(r"(?:[A-Za-z][\w-]*\()?(-?\d+)\)?")
_UPPER = {"INTEGER": 2**31 - 1, "Gauge32": 2**32 - 1, "Counter32": 2**32 - 1, "Timeticks": 2**32 - 1}
_FLOATS = {b"\x9f\x78\x04": ">f", b"\x9f\x79\x08": ">d"}


class Value(NamedTuple):
    """One object. `kind`: INTEGER, Gauge32, Counter32, Counter64, Timeticks (data int), STRING (bytes), OID and
    IpAddress (str), Opaque (float, or bytes when it is no float), NULL (b''). `line`: 1-based line of the answer."""

    kind: str
    data: int | float | bytes | str
    line: int = 0


class Values(dict[str, Value]):
    """{OID with leading dot: Value}. `absent`: {OID the asset says it does not have: line}."""

    def __init__(self) -> None:
        super().__init__()
        self.absent: dict[str, int] = {}

    def under(self, base: str) -> bool:
        """Whether anything was answered at or below `base`."""
        prefix = dotted(base)
        return prefix in self or any(oid.startswith(prefix + ".") for oid in self)


def dotted(oid: str) -> str:
    """The OID with one leading dot and none at the end."""
    return "." + oid.strip(".")


def read(text: str) -> Values:
    """All objects of an answer. Raises Unparsed for a line that is not one, a bad value, or an OID given twice."""
    values = Values()
    for number, line in _lines(text):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not an SNMP object: {line[:60]!r}")
        oid, kind, rest = match.groups()
        if oid in values or oid in values.absent:
            raise Unparsed(f"line {number}: {oid} is answered twice")
        if kind is None and rest.startswith("No "):
            if not rest.startswith(("No Such Object", "No Such Instance", "No more variables left")):
                raise Unparsed(f"line {number}: {rest[:60]!r}")
            values.absent[oid] = number
            continue
        try:
            values[oid] = Value(*_value(kind, rest), number)
        except ValueError as exc:
            raise Unparsed(f"line {number}: {exc}") from None
    if not values and not values.absent:
        raise Unparsed("no SNMP object in the answer")
    return values


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Lines of objects; text and hex that net-snmp breaks over several lines are joined (ours never are)."""
    held, start = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("."):
            if held:
                yield start, held
            held, start = line.rstrip("\r"), number
        elif held and " = Hex-STRING: " in held and line and _HEX.fullmatch(line.strip()):
            held = f"{held.rstrip()} {line.strip()}"
        elif held and _open(held):
            held += "\n" + line.rstrip("\r")
        elif line.strip():
            raise Unparsed(f"line {number} is not an SNMP object: {line[:60]!r}")
    if held:
        yield start, held


def _open(held: str) -> bool:
    """Whether quoted text has no end yet."""
    _, found, quoted = held.partition(' = STRING: "')
    return bool(found) and not _closed(quoted)


def _closed(quoted: str) -> bool:
    body = quoted.removesuffix('"')
    return body != quoted and (len(body) - len(body.rstrip("\\"))) % 2 == 0


def _value(kind: str | None, rest: str) -> tuple[str, int | float | bytes | str]:  # noqa: PLR0911 - one per type
    """(kind, data) of one value. Raises ValueError."""
    if kind == "STRING":
        return "STRING", _text(rest)
    if kind in NUMBERS:
        return kind, _number(kind, rest)
    if kind in ("Hex-STRING", "BITS", "Opaque"):
        if not _HEX.fullmatch(rest.strip() + " "):
            raise ValueError(f"not hexadecimal octets: {rest[:40]!r}")
        octets = bytes.fromhex(rest)
        return ("Opaque", _opaque(octets)) if kind == "Opaque" else ("STRING", octets)
    if kind == "OID" and re.fullmatch(r"\.?\d+(\.\d+)*|\.", rest):
        return kind, dotted(rest)
    if kind == "IpAddress" and _is_address(rest):
        return kind, rest
    if kind is None and rest == '""':  # net-snmp's way to show an empty string
        return "STRING", b""
    if kind is None and rest == "NULL":
        return "NULL", b""
    if kind is None and rest.isdecimal():  # snmpwalk -Ot
        return "Timeticks", _number("Timeticks", rest)
    raise ValueError(f"unknown type or value: {f'{kind}: ' if kind else ''}{rest[:40]}")


def _text(rest: str) -> bytes:
    if not rest.startswith('"'):
        return rest.encode("utf-8", "surrogateescape")
    if len(rest) < 2 or not _closed(rest[1:]):
        raise ValueError(f"text without an end: {rest[:40]!r}")
    plain = _ESCAPE.sub(lambda m: _PLAIN.get(m[1], m[0]), rest[1:-1])
    return plain.encode("utf-8", "surrogateescape")


def _number(kind: str, rest: str) -> int:
    match = _TICKS.fullmatch(rest) if kind == "Timeticks" else _NUMBER.fullmatch(rest)
    if match is None:
        raise ValueError(f"{kind} is not a number: {rest[:40]!r}")
    number = int(match[1] or match[2])
    lowest = -(2**31) if kind == "INTEGER" else 0
    if not lowest <= number <= _UPPER.get(kind, 2**64 - 1):
        raise ValueError(f"{kind} out of its range: {number}")
    return number


def _opaque(octets: bytes) -> float | bytes:
    form = _FLOATS.get(octets[:3])
    if form is None or len(octets) != 3 + struct.calcsize(form):
        return octets
    number: float = struct.unpack(form, octets[3:])[0]
    return number


def _is_address(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 4 and all(p.isdecimal() and int(p) < 256 for p in parts)


# -- single values ---------------------------------------------------------------------------------------------------------


def octets(value: Value) -> bytes:
    """The octets of a STRING. Raises Unparsed for any other type."""
    if not isinstance(value.data, bytes):
        raise Unparsed(f"line {value.line}: {value.kind} where a string belongs")
    return value.data


def text(value: Value) -> str:
    """DisplayString as text without blanks around it: UTF-8, else GBK, else latin-1; ends at the first NUL."""
    return decode(octets(value))


def decode(raw: bytes) -> str:
    """Octets as text, as `text` does; control characters other than line breaks are shown as `\\x..`."""
    plain = raw.partition(b"\0")[0]
    for encoding in ("utf-8", "gbk", "latin-1"):
        try:
            found = plain.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    found = "".join(c if c.isprintable() or c in "\r\n\t" else f"\\x{ord(c):02x}" for c in found)
    return found.strip()


def integer(value: Value) -> int:
    """A number of any numeric type. Raises Unparsed for text, even when it holds digits (`numeral` takes that)."""
    if not isinstance(value.data, int):
        raise Unparsed(f"line {value.line}: {value.kind} where a number belongs")
    return value.data


def numeral(value: Value) -> float:
    """A number, or text that is one (with or without a `%` after it). Raises Unparsed."""
    if isinstance(value.data, int | float):
        return value.data
    word = text(value) if isinstance(value.data, bytes) else str(value.data)
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?\s*%?", word):
        raise Unparsed(f"line {value.line}: not a number: {word[:40]!r}")
    return float(word.rstrip("% "))


def mac(value: Value) -> str | None:
    """Six octets as `00:1a:2b:3c:4d:5e`; None for an empty string. Raises Unparsed for any other length."""
    raw = octets(value)
    if raw and len(raw) != 6:
        raise Unparsed(f"line {value.line}: {len(raw)} octets are not a MAC address")
    return ":".join(f"{b:02x}" for b in raw) or None


def date_and_time(value: Value) -> str | None:
    """DateAndTime (RFC 2579; 8 or 11 octets) as ISO 8601; None when empty or all zero. Raises Unparsed."""
    raw = octets(value)
    if not any(raw):
        return None
    if len(raw) not in (8, 11):
        raise Unparsed(f"line {value.line}: {len(raw)} octets are not a DateAndTime")
    year, month, day, hour, minute, second, tenth = struct.unpack(">HBBBBBB", raw[:8])
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second <= 60 and tenth < 10):
        raise Unparsed(f"line {value.line}: not a date: {raw.hex()}")
    zone = ""
    if len(raw) == 11:
        sign, hours, minutes = chr(raw[8]), raw[9], raw[10]
        if sign not in "+-" or hours > 14 or minutes > 59:
            raise Unparsed(f"line {value.line}: not a date: {raw.hex()}")
        zone = f"{sign}{hours:02}:{minutes:02}"
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"


# -- tables and scalars ------------------------------------------------------------------------------------------------------


class Row:
    """A table row, or a group of scalars: typed access to columns by name; None for a column that was not answered."""

    __slots__ = ("cells", "index", "line")

    def __init__(self, index: tuple[int, ...], cells: dict[str, Value]) -> None:
        self.index = index
        self.cells = cells
        self.line = min((v.line for v in cells.values()), default=0)

    def __contains__(self, name: str) -> bool:
        return name in self.cells

    @property
    def key(self) -> str:
        """The index as text: `1.2`."""
        return ".".join(map(str, self.index))

    def integer(self, name: str) -> int | None:
        """A numeric column. Raises Unparsed when it holds text."""
        value = self.cells.get(name)
        return None if value is None else integer(value)

    def numeral(self, name: str) -> float | None:
        """A number, or text that is one; None also for empty text. Raises Unparsed."""
        value = self.cells.get(name)
        return None if value is None or value.data == b"" else numeral(value)

    def text(self, name: str) -> str | None:
        """A text column; None also when it is empty. Raises Unparsed when it is not a string."""
        value = self.cells.get(name)
        return None if value is None else text(value) or None

    def octets(self, name: str) -> bytes | None:
        """The octets of a string column."""
        value = self.cells.get(name)
        return None if value is None else octets(value)

    def mac(self, name: str) -> str | None:
        """A MAC address column."""
        value = self.cells.get(name)
        return None if value is None else mac(value)

    def date(self, name: str) -> str | None:
        """A DateAndTime column as ISO 8601."""
        value = self.cells.get(name)
        return None if value is None else date_and_time(value)

    def oid(self, name: str) -> str | None:
        """An OID column. Raises Unparsed for any other type."""
        value = self.cells.get(name)
        if value is not None and value.kind != "OID":
            raise Unparsed(f"line {value.line}: {value.kind} where an OID belongs")
        return None if value is None else str(value.data)

    def address(self, name: str) -> str | None:
        """An IpAddress column. Raises Unparsed for any other type."""
        value = self.cells.get(name)
        if value is not None and value.kind != "IpAddress":
            raise Unparsed(f"line {value.line}: {value.kind} where an address belongs")
        return None if value is None else str(value.data)

    def word(self, name: str, words: Mapping[int, str]) -> str | None:
        """An enumeration as its word; a number that is not in `words` is Unparsed."""
        number = self.integer(name)
        if number is not None and number not in words:
            raise Unparsed(f"line {self.cells[name].line}: {name} has no value {number}")
        return None if number is None else words[number]

    def at(self, facts: dict[str, Any], *, of: str = "") -> dict[str, Any]:
        """`facts` with `_line`: that of column `of`, else the row's first."""
        value = self.cells.get(of)
        return {**facts, "_line": value.line if value else self.line}


def table(answer: str | Values, base: str, columns: Mapping[str, int]) -> list[Row]:
    """Rows of the table whose entry is `base` (`.1.3.6.1.2.1.2.2.1`), by index; `columns`: name → column number.

    Columns that are not named are left alone. An object of a named column without an index is Unparsed.
    """
    values = read(answer) if isinstance(answer, str) else answer
    prefix = dotted(base) + "."
    wanted = {str(number): name for name, number in columns.items()}
    found: dict[tuple[int, ...], dict[str, Value]] = {}
    for oid, value in values.items():
        if not oid.startswith(prefix):
            continue
        column, _, rest = oid[len(prefix) :].partition(".")
        name = wanted.get(column)
        if name is None:
            continue
        if not rest:
            raise Unparsed(f"line {value.line}: {oid} has no index")
        found.setdefault(tuple(map(int, rest.split("."))), {})[name] = value
    return [Row(index, found[index]) for index in sorted(found)]


def scalars(answer: str | Values, names: Mapping[str, str]) -> Row:
    """Scalars by name as one Row; `names`: name → OID with its instance (`.1.3.6.1.2.1.1.5.0`)."""
    values = read(answer) if isinstance(answer, str) else answer
    cells = {name: values[dotted(oid)] for name, oid in names.items() if dotted(oid) in values}
    return Row((), cells)
