"""Rule expressions: compiled once in a sandbox, and read beforehand to know every fact they touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, new_context
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


class Condition:
    """An expression that is compiled when it is first called. Called with a scope; returns the expression's value."""

    __slots__ = ("_env", "_root", "_tree")

    def __init__(self, env: jinja2.Environment, tree: nodes.Template) -> None:
        self._env, self._tree = env, tree
        self._root: Callable[[Context], Iterator[str]] | None = None

    def __call__(self, scope: dict[str, Any]) -> Any:
        if self._root is None:
            # Like Environment.compile_expression, without its copies of the scope: a rule is called for every item.
            value = self._tree.body[0].nodes[0]  # type: ignore[attr-defined]
            body = [nodes.Assign(nodes.Name("result", "store", lineno=1), value, lineno=1)]
            self._root = self._env.from_string(nodes.Template(body, lineno=1)).root_render_func
        context = new_context(self._env, None, {}, scope, shared=True)
        for _ in self._root(context):
            pass
        return context.vars["result"]


class Text:
    """A text template that is compiled when it is first called."""

    __slots__ = ("_env", "_render", "_tree")

    def __init__(self, env: jinja2.Environment, tree: nodes.Template) -> None:
        self._env, self._tree = env, tree
        self._render: Callable[..., str] | None = None

    def __call__(self, scope: dict[str, Any]) -> str:
        if self._render is None:
            self._render = self._env.from_string(self._tree).render
        return self._render(scope)


def compile_expression(env: jinja2.Environment, text: str, where: str) -> Expression:
    """Compile a condition. Raises PackError with file and rule when it is not an expression."""
    tree = _parse(env, "{{ (" + text + "\n) }}", text, where, "an expression")
    return Expression(Condition(env, tree), tuple(dict.fromkeys(_paths(tree))), frozenset(_guarded(tree)))


def compile_text(env: jinja2.Environment, text: str, where: str) -> tuple[Text, tuple[Path, ...]]:
    """Compile a text template; returns its render function and the paths it reads."""
    tree = _parse(env, text, text, where, "a template")
    return Text(env, tree), tuple(dict.fromkeys(_paths(tree)))


def _parse(env: jinja2.Environment, source: str, text: str, where: str, kind: str) -> nodes.Template:
    try:
        tree = env.parse(source)
    except jinja2.TemplateError as exc:
        raise PackError(f"not {kind}: {text!r}: {exc.message}", where=where) from None
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known = env.filters if isinstance(node, nodes.Filter) else env.tests
        if node.name not in known:
            raise PackError(f"not {kind}: {text!r}: no {type(node).__name__.lower()} named {node.name!r}", where=where)
    return tree


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
