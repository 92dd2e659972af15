"""From a rule as written to a rule that can judge: expressions compiled, every name checked against the pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jinja2

from xunwei.errors import PackError
from xunwei.evaluate.expressions import Expression, Path, compile_expression, compile_text, environment
from xunwei.pack import Pack, Rule
from xunwei.pack.shape import Shape

ASSET_WORDS = frozenset({"name", "platform", "class", "site", "owner", "role", "variant", "services", "declared"})
_GLOBALS = frozenset({"range", "dict", "lipsum", "cycler", "joiner", "namespace"})


@dataclass(frozen=True)
class Compiled:
    """A rule ready to judge."""

    rule: Rule
    sections: tuple[str, ...]  # those that must have been collected
    needs: tuple[Path, ...]
    good: Expression
    measured: Callable[..., str]
    expected: Callable[[dict[str, Any]], dict[str, str]]
    applies: Expression | None = None
    fair: Expression | None = None
    where: Expression | None = None
    manual: Expression | None = None
    key: Callable[..., str] | None = None
    each: Path | None = None
    absent_ok: frozenset[str] = frozenset()  # sections whose absence makes the rule not applicable
    limits: dict[str, Any] = field(default_factory=dict)


def compile_rules(pack: Pack, rules: list[Rule] | None = None) -> list[Compiled]:
    """Compile a pack's rules. Raises PackError naming file, rule and what it reads that does not exist."""
    env = environment()
    return [_compile(env, pack, rule) for rule in (pack.rules() if rules is None else rules)]


def _compile(env: jinja2.Environment, pack: Pack, rule: Rule) -> Compiled:
    check = _Checker(pack, rule)
    good = check.expression(env, rule.good)
    applies = check.expression(env, rule.applies, item=False) if rule.applies else None
    fair = check.expression(env, rule.fair) if rule.fair else None
    where = check.expression(env, rule.where) if rule.where else None
    manual = check.expression(env, rule.manual) if rule.manual else None
    measured = check.text(env, rule.measured)
    expected = check.expected(env)
    key = check.text(env, rule.key) if rule.key else None
    sections = tuple(dict.fromkeys([*(n[0] for n in check.needs), *check.sections]))
    return Compiled(
        rule=rule,
        sections=sections,
        needs=check.needs,
        good=good,
        measured=measured,
        expected=expected,
        applies=applies,
        fair=fair,
        where=where,
        manual=manual,
        key=key,
        each=check.each,
        absent_ok=frozenset(s for s in sections if pack.sections[s].absent == "not_applicable"),
        limits=dict(rule.limits),
    )


class _Checker:
    """Checks that every name in one rule exists, while its expressions are compiled."""

    def __init__(self, pack: Pack, rule: Rule) -> None:
        self.pack = pack
        self.rule = rule
        self.sections: dict[str, None] = {}
        self.item: Shape | None = None
        self.needs = tuple(tuple(n.split(".")) for n in rule.needs)
        for path in self.needs:
            self._fact(path)
        self.each: Path | None = tuple(rule.each.split(".")) if rule.each else None
        if self.each is not None:
            found = self._fact(self.each)
            if found is None or found.kind != "list" or found.inner is None:
                raise self._error(f"`each: {rule.each}` is not a list of facts")
            self.item = found.inner

    def expression(self, env: jinja2.Environment, text: str, *, item: bool = True) -> Expression:
        compiled = compile_expression(env, text, self.rule.source)
        self._check(compiled.reads, item=item)
        return compiled

    def text(self, env: jinja2.Environment, text: str) -> Callable[..., str]:
        render, reads = compile_text(env, text, self.rule.source)
        self._check(reads, item=True)
        return render

    def expected(self, env: jinja2.Environment) -> Callable[[dict[str, Any]], dict[str, str]]:
        """`expected` is shown also when nothing was collected, so it may speak of limits and the asset only."""
        renders, plain = {}, True
        for lang, text in self.rule.expected.items():
            renders[lang], reads = compile_text(env, text, self.rule.source)
            for path in reads:
                if path[0] not in ("limit", "asset"):
                    raise self._error(f"`expected` may only read limit and asset, not {'.'.join(path)!r}")
            self._check(reads, item=False)
            plain = plain and all(path[0] == "limit" for path in reads)
        defaults = dict(self.rule.limits)
        usual = {lang: render({"limit": defaults}) for lang, render in renders.items()} if plain else None

        def expected(scope: dict[str, Any]) -> dict[str, str]:
            if usual is not None and scope["limit"] == defaults:
                return usual
            return {lang: render(scope) for lang, render in renders.items()}

        return expected

    def _check(self, reads: tuple[Path, ...], *, item: bool) -> None:
        limits = dict(self.rule.limits)
        for path in reads:
            root, rest = path[0], path[1:]
            if root in self.pack.sections:
                self.sections[root] = None
                self._fact(path)
            elif root == "item" and item and self.item is not None:
                if self.item.at(rest) is None:
                    raise self._error(f"items of {self.rule.each} have no fact {'.'.join(rest)!r}")
            elif root == "limit":
                if rest and rest[0] not in limits:
                    raise self._error(f"has no limit {rest[0]!r}")
            elif root == "asset":
                if rest and rest[0] not in ASSET_WORDS:
                    raise self._error(f"an asset has no {rest[0]!r}")
            elif root not in ("now", *_GLOBALS):
                raise self._error(f"names {root!r}, which is no section of {self.pack.platform}")

    def _fact(self, path: Path) -> Shape | None:
        section = self.pack.sections.get(path[0])
        if section is None:
            raise self._error(f"names {path[0]!r}, which is no section of {self.pack.platform}")
        node: Shape | None = section.shape
        for index, name in enumerate(path[1:], start=1):
            node = node.step(name) if node is not None else None
            if node is None:
                raise self._error(f"names the fact {'.'.join(path[: index + 1])!r}, which does not exist")
        return node

    def _error(self, what: str) -> PackError:
        return PackError(what, where=self.rule.source)
