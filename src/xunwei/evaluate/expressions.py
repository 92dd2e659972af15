"""Rule expressions: compiled once in a sandbox, and read beforehand to know every fact they touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import new_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xunwei.dates import DAY, epoch
from xunwei.errors import PackError

Path = tuple[str, ...]


@jinja2.pass_context
def days_until(context: jinja2.runtime.Context, value: Any) -> float:
    """Days from the run's `now` until `value`; negative when past."""
    return (epoch(value) - float(context["now"])) / DAY


@jinja2.pass_context
def days_since(context: jinja2.runtime.Context, value: Any) -> float:
    """Days from `value` until the run's `now`."""
    return (float(context["now"]) - epoch(value)) / DAY


def matches(value: Any, pattern: str) -> bool:
    """Whether `pattern` is found anywhere in the text."""
    return re.search(pattern, str(value)) is not None


def version_below(value: Any, other: str) -> bool:
    """Compare dotted versions by their numbers: '2.9' is below '2.10'."""
    return [int(n) for n in re.findall(r"\d+", str(value))] < [int(n) for n in re.findall(r"\d+", other)]


def _shown(value: Any) -> Any:
    return "?" if value is None else value


class FactEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose `a.b` means the key `b` of a mapping first: facts are plain JSON, and that is their hot path."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment() -> jinja2.Environment:
    """The sandbox all rules are compiled in. Undefined names raise; text is not escaped (renderers do that)."""
    env = FactEnvironment(undefined=jinja2.StrictUndefined, autoescape=False, finalize=_shown)
    env.filters.update(matches=matches, days_until=days_until, days_since=days_since, version_below=version_below)
    return env


@dataclass(frozen=True)
class Expression:
    """A compiled expression and the paths it reads: those that must not be null, and all."""

    call: Callable[..., Any]
    reads: tuple[Path, ...]
    guarded: frozenset[Path]

    @property
    def strict(self) -> tuple[Path, ...]:
        """Paths whose value must not be null: those that the expression does not itself test for null."""
        return tuple(p for p in self.reads if p not in self.guarded)


def compile_expression(env: jinja2.Environment, text: str, where: str) -> Expression:
    """Compile a condition. Raises PackError with file and rule when it is not an expression."""
    try:
        tree = env.parse("{{ (" + text + "\n) }}")
        call = _callable(env, text)
    except jinja2.TemplateError as exc:
        raise PackError(f"not an expression: {text!r}: {exc.message}", where=where) from None
    return Expression(call, tuple(dict.fromkeys(_paths(tree))), frozenset(_guarded(tree)))


def _callable(env: jinja2.Environment, text: str) -> Callable[[dict[str, Any]], Any]:
    """Like Environment.compile_expression, without its copies of the scope: a rule is called for every item."""
    body = [nodes.Assign(nodes.Name("result", "store"), env.parse("{{ (" + text + "\n) }}").body[0].nodes[0], lineno=1)]  # type: ignore[attr-defined]
    template = env.from_string(nodes.Template(body, lineno=1))
    root = template.root_render_func

    def call(scope: dict[str, Any]) -> Any:
        context = new_context(env, None, {}, scope, shared=True)
        for _ in root(context):
            pass
        return context.vars["result"]

    return call


def compile_text(env: jinja2.Environment, text: str, where: str) -> tuple[Callable[..., str], tuple[Path, ...]]:
    """Compile a text template; returns its render function and the paths it reads."""
    try:
        tree = env.parse(text)
        template = env.from_string(text)
    except jinja2.TemplateError as exc:
        raise PackError(f"not a template: {text!r}: {exc.message}", where=where) from None
    return template.render, tuple(dict.fromkeys(_paths(tree)))


def _paths(tree: nodes.Node) -> Iterator[Path]:
    """Every `a.b.c` read in a template, longest form; names bound inside it (loops, sets) are left out."""
    bound = {"loop", *(n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param"))}
    return (path for path in _walk(tree) if path[0] not in bound)


def _walk(node: nodes.Node) -> Iterator[Path]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        # `item.name.startswith(…)`: the last step is a method, not a fact.
        yield from _walk(node.node.node)
        for child in (*node.args, *node.kwargs):
            yield from _walk(child)
        return
    path = _path(node)
    if path is not None:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _path(node: nodes.Node) -> Path | None:
    steps: list[str] = []
    while True:
        if isinstance(node, nodes.Getattr):
            steps.append(node.attr)
        elif isinstance(node, nodes.Name):
            return (node.name, *reversed(steps)) if node.ctx == "load" else None
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            steps.append(node.arg.value)
        else:
            return None
        node = node.node


def _guarded(tree: nodes.Node) -> Iterator[Path]:
    """Paths under `is none`, `is not none` or `default(…)`: the rule's author has thought of null."""
    for node in tree.find_all((nodes.Test, nodes.Filter)):
        named = node.name in ("none",) if isinstance(node, nodes.Test) else node.name in ("default", "d")
        path = _path(node.node) if named and node.node is not None else None
        if path is not None:
            yield path
