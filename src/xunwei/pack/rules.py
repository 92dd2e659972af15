"""Rules as data: loaded from a pack's `rules/*.yml`, checked against the schema. Compiling them is `evaluate`'s."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.errors import PackError
from xunwei.pack import schema, yamlfile
from xunwei.words import Severity


@dataclass(frozen=True)
class Rule:
    """One rule as written. Expressions are text; `source` is file and id, for messages."""

    id: str
    platform: str
    title: dict[str, str]
    severity: Severity
    needs: tuple[str, ...]
    good: str
    measured: str
    expected: dict[str, str]
    why: dict[str, str]
    remedy: dict[str, str]
    source: str
    clauses: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    applies: str | None = None
    each: str | None = None
    where: str | None = None
    key: str = ""
    fair: str | None = None
    manual: str | None = None
    limits: tuple[tuple[str, Any], ...] = ()

    @property
    def section(self) -> str:
        """The section the rule is about: the first word of its first need."""
        return self.needs[0].partition(".")[0]


def load(folder: Path, platform: str) -> list[Rule]:
    """All rules of a pack, in file and line order. Raises InputError/PackError naming file and rule."""
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for path in sorted((folder / "rules").glob("*.yml")):
        data = yamlfile.read(path) or []
        yamlfile.validate(data, schema.RULES, path)
        for entry in data:
            rule = _rule(entry, platform, path)
            if rule.id in seen:
                raise PackError(f"rule {rule.id} is already in {seen[rule.id]}", where=str(path))
            seen[rule.id] = str(path)
            rules.append(rule)
    return rules


def _rule(entry: dict[str, Any], platform: str, path: Path) -> Rule:
    where = f"{path}: {entry['id']}"
    if entry["id"].partition(".")[0] != platform:
        raise PackError(f"a rule of this pack begins with {platform!r}.", where=where)
    return Rule(
        id=entry["id"],
        platform=platform,
        title=entry["title"],
        severity=Severity(entry["severity"]),
        needs=tuple(entry["needs"]),
        good=_expression(entry["good"]) or "true",
        measured=entry["measured"],
        expected=entry["expected"],
        why=entry["why"],
        remedy=entry["remedy"],
        source=where,
        clauses=tuple(entry.get("clauses", ())),
        duties=tuple(entry.get("duties", ())),
        applies=_expression(entry.get("applies")),
        each=entry.get("each"),
        where=_expression(entry.get("where")),
        key=entry.get("key", ""),
        fair=_expression(entry.get("fair")),
        manual=_expression(entry.get("manual")),
        limits=tuple(entry.get("limits", {}).items()),
    )


def _expression(value: str | bool | None) -> str | None:
    """YAML reads a bare `true` as a boolean; an expression is text."""
    return str(value).lower() if isinstance(value, bool) else value
