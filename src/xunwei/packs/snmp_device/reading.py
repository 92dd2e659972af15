"""What the parsers of this pack share: cleaned text, percentages, named rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Value, Values, numeral, scalars, table

Item = dict[str, Any]
NAMES = ".1.3.6.1.2.1.47.1.1.1.1.7"  # entPhysicalName
DESCRIPTIONS = ".1.3.6.1.2.1.47.1.1.1.1.2"  # entPhysicalDescr
CLASSES = ".1.3.6.1.2.1.47.1.1.1.1.5"  # entPhysicalClass
INVALID = (65535, 2147483647, -2147483648, 4294967295)
ZERO_KELVIN = -273.15
HOTTEST = 250.0  # no inspected part measures more °C: beyond it a value is a code, not a temperature


def clean(text: str | None) -> str | None:
    """Text without blanks around it and without a quotation mark that was opened and never closed."""
    if text is None:
        return None
    plain = text.strip()
    if plain.count('"') == 1 and plain.startswith('"'):
        plain = plain[1:].strip()
    return plain or None


def percent(value: Value) -> float:
    """0 to 100, as number or as text with or without `%`. Raises Unparsed for anything else."""
    number = numeral(value)
    if not 0 <= number <= 100:
        raise Unparsed(f"line {value.line}: {number} is not a percentage")
    return float(number)


def ratio(used: float, total: float, line: int) -> float:
    """Used of total in percent, one decimal. Raises Unparsed when it cannot be."""
    if total <= 0 or not 0 <= used <= total:
        raise Unparsed(f"line {line}: {used} of {total} is not a share")
    return round(100 * used / total, 1)


def celsius(row: Row, column: str) -> float | None:
    """A temperature column in °C; None for what devices send when there is no sensor."""
    number = row.numeral(column)
    if number is None or number in INVALID or not ZERO_KELVIN < number < HOTTEST:
        return None
    return float(number)


def names(values: Values) -> dict[tuple[int, ...], str]:
    """ENTITY-MIB: index → entPhysicalName, else entPhysicalDescr."""
    found: dict[tuple[int, ...], str] = {}
    for row in table(values, ".1.3.6.1.2.1.47.1.1.1.1", {"name": 7, "descr": 2}):
        name = clean(row.text("name")) or clean(row.text("descr"))
        if name:
            found[row.index] = name
    return found


def called(row: Row, known: Mapping[tuple[int, ...], str], kind: str) -> str:
    """The entity's name, else `kind index`."""
    return known.get(row.index) or f"{kind} {row.key}"


def shares(values: Values, sources: Mapping[str, str]) -> list[Item]:
    """Scalars that are percentages; `sources`: name → OID."""
    row = scalars(values, sources)
    return [{"name": n, "source": n, "percent": percent(v), "_line": v.line} for n, v in row.cells.items()]


def unique(items: Iterable[Item], key: str = "name") -> list[Item]:
    """Items with names that differ: a name that comes again gets ` (2)`, ` (3)` …"""
    seen: dict[str, int] = {}
    out = []
    for item in items:
        name = str(item[key])
        seen[name] = seen.get(name, 0) + 1
        out.append(item if seen[name] == 1 else {**item, key: f"{name} ({seen[name]})"})
    return out


def some(items: list[Item], what: str) -> list[Item]:
    """The items; Unparsed when there is none: an answer without a reading must not look healthy."""
    if not items:
        raise Unparsed(f"no {what} in the answer")
    return unique(items)
