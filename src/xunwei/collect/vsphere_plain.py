"""What pyVmomi gives, as plain values for the raw answer; and the words of a section's `ask`."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyVmomi import VmomiSupport

_support: Any = VmomiSupport
FAILED = "@failed"
DEEPEST = 12
# Line breaks for str.splitlines that JSON leaves as they are; evidence is cited by line.
_BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_ASK = re.compile(r"(?P<kind>[A-Z]\w*)(?::\s*(?P<words>.+))?", re.S)


@dataclass(frozen=True)
class Path:
    """A property path; `keys`: of a list of key/value options only these."""

    name: str
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """`HostSystem: name, config.option{A B}` or a word of its own: About, Licenses, Alarms, Events, Certificate."""

    kind: str
    paths: tuple[Path, ...] = ()
    words: tuple[str, ...] = ()


def question(ask: str | Sequence[str]) -> Question:
    """The question an `ask` is. Raises ValueError."""
    text = ask if isinstance(ask, str) else " ".join(ask)
    match = _ASK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a question to vSphere: {text[:60]!r}")
    words = tuple(w.strip() for w in (match["words"] or "").split(",") if w.strip())
    return Question(match["kind"], tuple(_path(w) for w in words), words)


def _path(word: str) -> Path:
    name, _, keys = word.partition("{")
    return Path(name.strip(), frozenset(keys.rstrip("}").split()))


def plain(value: Any, depth: int = 0) -> Any:  # noqa: PLR0911 - one return for each kind of value
    """Plain JSON data: unset members left out, references as `Type:id`, times as ISO 8601 UTC, enumerations as words.

    An object of another type than its place declares says so as `@type`.
    """
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str | type):
        return str(value) if isinstance(value, str) else value.__name__
    if isinstance(value, _support.ManagedObject):
        return reference(value)
    if depth > DEEPEST:
        return {FAILED: "nested too deep"}
    if isinstance(value, list):
        return [_member(v, getattr(type(value), "Item", None), depth) for v in value]
    if isinstance(value, _support.DataObject):
        members = {}
        for info in value._GetPropertyList():
            found = getattr(value, info.name)
            if found is not None and not (isinstance(found, list) and not found):
                members[info.name] = _member(found, info.type, depth)
        return members
    return str(value)


def _member(value: Any, declared: Any, depth: int) -> Any:
    made = plain(value, depth + 1)
    # An exception (a fault) is a data object as well.
    if isinstance(made, dict) and isinstance(value, _support.DataObject) and type(value) is not declared:
        return {"@type": type(value)._wsdlName, **made}
    return made


def reference(mo: Any) -> str:
    """`Type:id` of a managed object."""
    return f"{type(mo)._wsdlName}:{mo._moId}"


def options(values: Any, keys: frozenset[str]) -> Any:
    """{key: value} of a list of options, only `keys`; a key the list does not have is left null."""
    found = {str(o.key): plain(o.value) for o in values or [] if getattr(o, "key", None) in keys}
    return {key: found.get(key) for key in sorted(keys)}


def dump(data: Any) -> str:
    """Indented JSON, sorted, one value per line."""
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)
    return text.translate(_BREAKS)
