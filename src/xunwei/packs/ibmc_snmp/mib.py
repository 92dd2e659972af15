"""HUAWEI-SERVER-IBMC-MIB: the tree, its status words, and values that mean `not there`."""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Values, read, table

ROOT = ".1.3.6.1.4.1.2011.2.235.1.1"
STATUS = {1: "ok", 2: "minor", 3: "major", 4: "critical", 5: "absent", 6: "unknown"}
PRESENCE = {1: False, 2: True, 3: None}
NOTHING = ("", "N/A", "NA", "--", "Unknown", "unknown")


def entry(values: Values, number: int, columns: dict[str, int]) -> list[Row]:
    """Rows of description table `number` (`<root>.<number>.50.1`). Raises Unparsed when there is none."""
    rows = table(values, f"{ROOT}.{number}.50.1", columns)
    if not rows:
        raise Unparsed("the answer holds no row of the table")
    return rows


def rows(text: str, number: int, columns: dict[str, int]) -> list[Row]:
    """`entry` of an answer's text."""
    return entry(read(text), number, columns)


def status(row: Row, name: str = "status") -> str | None:
    """The health word of a row; None for `unknown` or when it was not answered."""
    word = row.word(name, STATUS)
    return None if word == "unknown" else word


def presence(row: Row, name: str = "presence") -> bool | None:
    """Whether the part is there. Raises Unparsed for a number that is none of the MIB's."""
    number = row.integer(name)
    if number is None:
        return None
    if number not in PRESENCE:
        raise Unparsed(f"line {row.line}: presence has no value {number}")
    return PRESENCE[number]


def words(row: Row, name: str) -> str | None:
    """A text that tells something."""
    value = row.text(name)
    return None if value is None or value in NOTHING else value


def number(row: Row, name: str, *nothing: int) -> int | None:
    """A number; None for those that mean that there is none."""
    value = row.integer(name)
    return None if value is None or value in nothing else value


def named(row: Row, word: str, kind: str) -> str:
    """The part's name, else its kind with the index."""
    return words(row, word) or f"{kind} {row.key}"


def facts(row: Row, of: str = "status", **values: Any) -> dict[str, Any]:
    """A record with the line of its telling column."""
    return row.at(values, of=of)
