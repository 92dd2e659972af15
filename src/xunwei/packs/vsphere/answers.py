"""What every parser of this pack reads: objects of one kind with the properties that were asked for.

    {
     "objects": {
      "host-10": {
       "name": "esx-1",
       "runtime.bootTime": null,
       "summary.quickStats": {"@failed": "NoPermission"}
      }
     },
     "type": "HostSystem"
    }

null: the server has no value. `@failed`: it would not give one; both are null facts, for neither could be seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xunwei.parse.text import Unparsed

FAILED = "@failed"
_IDENT = re.compile(r'  "([^"]+)": \{')


def load(text: str) -> dict[str, Any]:
    """The answer as a mapping. Raises Unparsed."""
    try:
        data = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Unparsed("not JSON, or cut off") from None
    if not isinstance(data, dict):
        raise Unparsed("not a JSON object")
    return data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member twice")
    return dict(pairs)


def _constant(word: str) -> Any:
    raise ValueError(word)


@dataclass(frozen=True)
class Thing:
    """A mapping of the answer with readers for its members; `where` names it in errors."""

    data: dict[str, Any]
    where: str
    line: int = 0

    def get(self, path: str) -> Any:
        """The value of a property that was asked for, null when it could not be read. Raises Unparsed when absent."""
        if path not in self.data:
            raise Unparsed(f"{self.where}: {path} is missing")
        value = self.data[path]
        return None if isinstance(value, dict) and FAILED in value else value

    def refused(self, path: str) -> bool:
        """Whether the server would not give a property, or does not know it."""
        value = self.data.get(path)
        return isinstance(value, dict) and FAILED in value

    def member(self, name: str) -> Any:
        """A member that the server may leave out."""
        value = self.data.get(name)
        return None if isinstance(value, dict) and FAILED in value else value

    def _typed(self, path: str, asked: bool, kinds: tuple[type, ...], what: str) -> Any:
        value = self.get(path) if asked else self.member(path)
        if value is not None and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
            raise Unparsed(f"{self.where}: {path} is not {what}: {str(value)[:40]!r}")
        return value

    def text(self, path: str, asked: bool = False) -> str | None:
        """Text, or null."""
        value: str | None = self._typed(path, asked, (str,), "text")
        return value

    def whole(self, path: str, asked: bool = False) -> int | None:
        """A whole number, or null."""
        value: int | None = self._typed(path, asked, (int,), "a whole number")
        return value

    def flag(self, path: str, asked: bool = False) -> bool | None:
        """True or false, or null."""
        value: bool | None = self._typed(path, asked, (bool,), "true or false")
        return value

    def inner(self, path: str, asked: bool = False) -> Thing:
        """A mapping; an empty one for null."""
        value = self._typed(path, asked, (dict,), "an object")
        return Thing(value or {}, f"{self.where} {path}", self.line)

    def things(self, path: str, asked: bool = False) -> list[Thing] | None:
        """A list of mappings, or null when it could not be read."""
        value = self._typed(path, asked, (list,), "a list")
        if value is None:
            return None
        if not all(isinstance(entry, dict) for entry in value):
            raise Unparsed(f"{self.where}: {path} is not a list of objects")
        return [Thing(entry, f"{self.where} {path}", self.line) for entry in value]

    def name(self) -> str:
        """The object's name. Raises Unparsed when there is none: nothing could be said of it."""
        value = self.text("name", asked=True)
        if not value:
            raise Unparsed(f"{self.where} has no name")
        return value.replace("%2f", "/").replace("%5c", "\\").replace("%25", "%")


def objects(text: str, kind: str) -> Iterator[tuple[str, Thing]]:
    """(id, object) of all objects of the answer. Raises Unparsed for another kind, or none at all."""
    data = load(text)
    found = data.get("objects")
    if data.get("type") != kind or not isinstance(found, dict) or not found:
        raise Unparsed(f"no objects of type {kind}")
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _IDENT.fullmatch(line)
        if match:
            lines.setdefault(match.group(1), number)
    for ident, properties in found.items():
        if not isinstance(properties, dict):
            raise Unparsed(f"{ident} is not an object")
        yield ident, Thing(properties, ident, lines.get(ident, 0))


def entries(text: str, name: str) -> Iterator[Thing]:
    """The entries of a list at the top of the answer, each with its line. Raises Unparsed."""
    data = load(text)
    found = data.get(name)
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Unparsed(f"no list of {name}")
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if line == "  {"]
    for index, entry in enumerate(found):
        yield Thing(entry, f"{name}[{index}]", lines[index] if len(lines) == len(found) else 0)


def share(part: float | None, whole: float | None) -> float | None:
    """`part` of `whole` in percent with one digit; null when one is not known."""
    return round(100 * part / whole, 1) if part is not None and whole else None
