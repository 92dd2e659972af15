"""JSON that RabbitMQ's tools print (`--formatter json`): one document, or a list with a row on each line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "bool": (bool,), "list": (list,), "dict": (dict,)}


def document(text: str) -> dict[str, Any]:
    """A JSON object. Raises Unparsed."""
    data = _load(text)
    if not isinstance(data, dict):
        raise Unparsed("not a JSON object")
    return data


def rows(text: str, columns: Mapping[str, str], first: int = 1) -> list[Facts]:
    """Rows with these columns ({name: type, `?` for null or an empty text}) and `_line`; `first`: number of the text's first line."""
    data = _load(text)
    if not isinstance(data, list):
        raise Unparsed("not a JSON list")
    lines = [n for n, line in enumerate(text.splitlines(), start=first) if line.lstrip(" ,[").startswith("{")]
    found = []
    for index, entry in enumerate(data):
        if not isinstance(entry, dict):
            raise Unparsed(f"row {index + 1} is not an object")
        row = {name: take(entry, name, kind) for name, kind in columns.items()}
        found.append(row | {"_line": lines[index] if len(lines) == len(data) else first})
    return found


def listed(text: str, columns: Mapping[str, str]) -> list[Facts]:
    """Rows of a framed list: `== list`, the JSON, `== end`."""
    part = Parts(text).one("list").whole()
    return rows("\n".join(line for _, line in part.raw), columns, part.line + 1)


def take(entry: Mapping[str, Any], name: str, kind: str) -> Any:
    """A value of this type, or Unparsed; null only where the type ends in `?`."""
    if name not in entry:
        raise Unparsed(f"{name} is missing")
    value = entry[name]
    plain = kind.removesuffix("?")
    if kind.endswith("?") and (value is None or (value == "" and plain != "str")):
        return None
    if not isinstance(value, _TYPES[plain]) or (isinstance(value, bool) and plain != "bool"):
        raise Unparsed(f"{name} is {type(value).__name__}, not {kind}")
    return value


def _load(text: str) -> Any:
    if text.lstrip().startswith("! "):
        raise Unparsed(f"the tool failed: {text.strip()[2:120]}")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unparsed(f"not JSON: {text.strip()[:60]!r}") from None
