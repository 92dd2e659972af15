"""Managed objects of a simulated vCenter: typed values from plain data, and property paths walked as the server does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pyVmomi import VmomiSupport, vim

_support: Any = VmomiSupport
_vim: Any = vim
TYPE = "@type"


class UnknownPathError(Exception):
    """A property path that the type does not have; `path` is its name."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


@dataclass
class Object:
    """One managed object: its API type's name, its id, top-level properties as typed values."""

    kind: str
    ident: str
    properties: dict[str, Any] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()  # top-level properties the account may not read

    @property
    def reference(self) -> Any:
        """What pyVmomi serializes as a reference to it."""
        return cls(self.kind)(self.ident, None)

    def value(self, path: str) -> Any:
        """The value at a path, None when unset. Raises UnknownPathError."""
        first, *rest = path.split(".")
        declared = member(cls(self.kind), first)
        if declared is None:
            raise UnknownPathError(path)
        value = self.properties.get(first)
        for word in rest:
            owner = type(value) if isinstance(value, _support.DataObject) else declared
            declared = member(owner, word)
            if declared is None:
                raise UnknownPathError(path)
            value = getattr(value, word, None) if value is not None else None
        return value


def cls(kind: str) -> Any:
    """The API class of a type name like HostSystem or AlarmState."""
    return _support.GetWsdlType("urn:vim25", kind)


def member(owner: Any, name: str) -> Any:
    """The declared type of a property of a class, None when it has no such property."""
    try:
        return owner._GetPropertyInfo(name).type
    except AttributeError:
        return None


def make(declared: Any, data: Any) -> Any:  # noqa: PLR0911 - one return for each kind of value
    """A typed value from plain data: mappings become data objects, `Type:id` references, ISO text times.

    `@type` in a mapping names a more special type. Raises AttributeError, TypeError or ValueError for what does not fit.
    """
    if data is None or isinstance(data, _support.DataObject | _support.ManagedObject):
        return data
    if issubclass(declared, _support.Array):
        item = declared.Item
        return declared([make(item, entry) for entry in data])
    if issubclass(declared, _support.ManagedObject):
        kind, _, ident = str(data).partition(":")
        return cls(kind)(ident, None)
    if isinstance(data, dict):
        made = cls(data[TYPE])() if TYPE in data else declared()
        for name, value in data.items():
            if name != TYPE:
                setattr(made, name, make(made._GetPropertyInfo(name).type, value))
        return made
    if declared is dt.datetime:
        when = data if isinstance(data, dt.datetime) else dt.datetime.fromisoformat(str(data))
        return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    if issubclass(declared, int) and not issubclass(declared, bool):
        return declared(data)
    return data if declared is object else declared(data)


@dataclass
class Inventory:
    """All objects of a server by id."""

    objects: dict[str, Object] = field(default_factory=dict)

    def add(self, kind: str, ident: str, properties: dict[str, Any], refused: Iterable[str] = ()) -> None:
        """Add an object from plain data, or from typed values as they are."""
        owner = cls(kind)
        typed = {name: make(owner._GetPropertyInfo(name).type, value) for name, value in properties.items()}
        self.objects[ident] = Object(kind, ident, typed, frozenset(refused))

    def of_kind(self, kind: str) -> list[Object]:
        """All objects that are of a type or of one derived from it, in the order they were added."""
        wanted = cls(kind)
        return [o for o in self.objects.values() if issubclass(cls(o.kind), wanted)]
