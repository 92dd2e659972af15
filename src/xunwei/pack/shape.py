"""The declared shape of a section's facts: checked against every answer, and against every fact path in a rule.

Grammar (YAML): scalar `str int float bool`, `?` after it: may be null; `[X]` list of X; `{"*": X}` map with free
keys; `{name: X}` record, where a name ending in `?` may be null or absent as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xunwei.errors import PackError

_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}
_UNDECLARED = ("_line", "_lines")


@dataclass(frozen=True)
class Shape:
    """One node. `kind` is a scalar name, `list`, `map` or `record`."""

    kind: str
    nullable: bool = False
    inner: Shape | None = None
    fields: dict[str, Shape] = field(default_factory=dict)

    def step(self, name: str) -> Shape | None:
        """The shape behind `.name`, or None when there is no such thing."""
        if self.kind == "record":
            return self.fields.get(name)
        return self.inner if self.kind == "map" else None

    def at(self, path: Sequence[str]) -> Shape | None:
        """The shape at the end of a path of names."""
        node: Shape | None = self
        for name in path:
            if node is None:
                return None
            node = node.step(name)
        return node

    def problem(self, value: Any, where: str = "facts") -> str | None:
        """The first way in which `value` is not of this shape, or None."""
        if value is None:
            return None if self.nullable else f"{where} is null"
        check = {"record": self._record_problem, "map": self._map_problem, "list": self._list_problem}.get(self.kind)
        return check(value, where) if check is not None else self._scalar_problem(value, where)

    def _scalar_problem(self, value: Any, where: str) -> str | None:
        expected = _TYPES[self.kind]
        if not isinstance(value, expected) or (isinstance(value, bool) and self.kind != "bool"):
            return f"{where} is {type(value).__name__}, not {self.kind}"
        if isinstance(value, float) and not -1e300 < value < 1e300:
            return f"{where} is not a finite number"
        return None

    def _record_problem(self, value: Any, where: str) -> str | None:
        if not isinstance(value, dict):
            return f"{where} is {type(value).__name__}, not a record"
        for name in value:
            if name not in self.fields and name not in _UNDECLARED:
                return f"{where}.{name} is not declared"
        for name, shape in self.fields.items():
            if name not in value and not (shape.nullable and shape.kind in ("record", "list", "map")):
                return f"{where}.{name} is missing"
            found = shape.problem(value.get(name), f"{where}.{name}")
            if found:
                return found
        return None

    def _map_problem(self, value: Any, where: str) -> str | None:
        assert self.inner is not None
        if not isinstance(value, dict):
            return f"{where} is {type(value).__name__}, not a map"
        for name, entry in value.items():
            if name in _UNDECLARED:
                continue
            if not isinstance(name, str):
                return f"{where} has a key that is not text: {name!r}"
            found = self.inner.problem(entry, f"{where}.{name}")
            if found:
                return found
        return None

    def _list_problem(self, value: Any, where: str) -> str | None:
        assert self.inner is not None
        if not isinstance(value, list):
            return f"{where} is {type(value).__name__}, not a list"
        for index, entry in enumerate(value):
            found = self.inner.problem(entry, f"{where}[{index}]")
            if found:
                return found
        return None


def build(spec: Any, where: str) -> Shape:
    """A Shape from its YAML form. Raises PackError naming `where`."""
    if isinstance(spec, str):
        name = spec.removesuffix("?")
        if name not in _TYPES:
            raise PackError(f"unknown fact type {spec!r}", where=where, hint="str, int, float or bool, ? for nullable")
        return Shape(name, nullable=spec.endswith("?"))
    if isinstance(spec, list):
        if len(spec) != 1:
            raise PackError("a list in facts has exactly one element", where=where)
        return Shape("list", inner=build(spec[0], f"{where}[]"))
    if isinstance(spec, dict):
        if set(spec) == {"*"}:
            return Shape("map", inner=build(spec["*"], f"{where}.*"))
        for name in spec:
            if not isinstance(name, str):
                raise PackError(
                    f"the fact name {name!r} is not text",
                    where=where,
                    hint="YAML reads on, off, yes, no as booleans: quote it",
                )
        return Shape("record", fields=dict(_field(k, v, where) for k, v in spec.items()))
    raise PackError(f"a fact is declared by a type, a list or a mapping, not {type(spec).__name__}", where=where)


def _field(name: str, spec: Any, where: str) -> tuple[str, Shape]:
    plain = name.removesuffix("?")
    shape = build(spec, f"{where}.{plain}")
    if name.endswith("?"):
        shape = Shape(shape.kind, True, shape.inner, shape.fields)
    return plain, shape


def with_changes(facts: Any, counters: Sequence[Any], trends: Sequence[Any], where: str) -> Any:
    """The declared facts plus what the engine adds to them: `delta`, `delta_seconds` and `trend`.

    Raises PackError when a counter or trend is not about a field of a list of records.
    """
    made = dict(facts)
    for rule in (*counters, *trends):
        rows = made.get(rule.of)
        if not isinstance(rows, list) or not isinstance(rows[0], dict):
            raise PackError(f"counters and trends are about a list of records, which {rule.of!r} is not", where=where)
        names = getattr(rule, "fields", None) or (rule.field,)
        plain = {str(n).removesuffix("?") for n in rows[0]}
        for name in (rule.key, *names):
            if name not in plain:
                raise PackError(f"{rule.of} has no field {name!r}", where=where)
        item = dict(rows[0])
        if hasattr(rule, "fields"):
            item["delta?"] = {**item.get("delta?", {}), **dict.fromkeys(names, "int?")}
            made["delta_seconds"] = "float?"
        else:
            kept = {"per_day": "float?", "days_left": "float?", "days_seen": "float?"}
            item["trend?"] = {**item.get("trend?", {}), rule.field: kept}
        made[rule.of] = [item]
    return made
