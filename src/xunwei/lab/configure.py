"""Changes to a configuration tree: one accepted line at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xunwei.lab.family import Family
from xunwei.lab.grammar import Found
from xunwei.lab.tree import Node, adopt
from xunwei.lab.views import Command

Path = tuple[str, ...]
BINDING = "ip binding vpn-instance"


@dataclass(frozen=True)
class Edit:
    """One change that can be replayed: in the view at `path`, `line` is set or undone. `mark` and `key` as in views."""

    path: Path
    mark: str
    line: str
    key: int = 0
    undo: bool = False


class Form(dict[str, str]):
    """Arguments for a form; a parameter that was left out prints as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def printed(command: Command, found: Found) -> str:
    """The line as configuration shows it, keywords in full and without `undo`."""
    words = found.words[1:] if command.undo else found.words
    if not command.form:
        return " ".join(words)
    return _fill(command.form, words, found)


def prompt_of(command: Command, found: Found, view: str) -> str:
    """The opened view's part of the prompt."""
    args = _fill(command.prompt.replace("{view}", view), found.words, found)
    return args.rstrip("-")


def _fill(form: str, words: tuple[str, ...], found: Found) -> str:
    values = Form({str(i): w for i, w in enumerate(words)} | dict(found.args))
    text = re.sub(r"\{(\w+)\}", lambda m: values[m[1]], form)
    return " ".join(text.split())


def reach(root: Node, path: Path, family: Family) -> Node:
    """The node at `path`, created where it is missing."""
    node = root
    for depth, line in enumerate(path):
        found = node.find(line)
        node = (
            found if found is not None else adopt(node, line, depth=depth, root_indent=family.root_indent, block=True)
        )
    return node


def apply(root: Node, edit: Edit, family: Family) -> str:
    """Makes the change. Returns "" or the key of the text that says why not (`missing`, `rule_missing`)."""
    if edit.line.startswith(BINDING):
        _unnumber(root, edit)
    if edit.undo:
        return _undo(root, edit)
    node = reach(root, edit.path, family)
    if edit.mark == "&":
        _numbers(node, edit, family)
    elif edit.mark == "%":
        _rule(node, edit, family)
    elif edit.mark in ("!", "~"):
        _drop(node, "undo " + edit.line)
        if edit.mark == "!":
            _add(node, edit.line, edit, family)
    else:
        _replace(node, edit, family)
    return ""


def _unnumber(root: Node, edit: Edit) -> None:
    """An interface that goes into another VPN instance, or out of one, loses its addresses."""
    node = root.walk(edit.path)
    if node is None or (not edit.undo and node.find(edit.line) is not None):
        return
    for lost in [n for n in node.kids if n.line.startswith(("ip address ", "ipv6 address "))]:
        node.remove(lost)


def _add(node: Node, line: str, edit: Edit, family: Family, *, block: bool = False) -> None:
    if node.find(line) is None:
        adopt(node, line, depth=len(edit.path), root_indent=family.root_indent, block=block)


def _drop(node: Node, line: str) -> bool:
    found = node.find(line)
    if found is not None:
        node.remove(found)
    return found is not None


def _replace(node: Node, edit: Edit, family: Family) -> None:
    if edit.mark == ">":
        _add(node, edit.line, edit, family, block=True)
        return
    head = " ".join(edit.line.split()[: edit.key]) if edit.key else edit.line
    _drop(node, "undo " + head)
    same = _keyed(node, head, edit)
    if same:
        same[0].line = edit.line
        for extra in same[1:]:
            node.remove(extra)
    else:
        _add(node, edit.line, edit, family)


def _keyed(node: Node, head: str, edit: Edit) -> list[Node]:
    """Lines that the edit replaces. `ip address … sub` is a line of its own kind."""
    same = node.starting(head)
    if edit.mark == "=?":
        same = [n for n in same if not n.line.endswith(" sub")]
    return same


def _undo(root: Node, edit: Edit) -> str:
    node = root.walk(edit.path)
    if edit.mark == "~":
        holder = node if node is not None else root
        _drop(holder, edit.line)
        holder_edit = Edit(edit.path, edit.mark, "undo " + edit.line)
        if holder.find(holder_edit.line) is None:
            adopt(
                holder,
                holder_edit.line,
                depth=len(edit.path),
                root_indent=holder.kids[0].indent if holder.kids else 0,
                block=False,
            )
        return ""
    if node is None:
        return "" if edit.mark in ("=", "=?", "!") else "missing"
    if edit.mark == "&":
        return _numbers_undo(node, edit)
    if edit.mark == "%":
        hit = [n for n in node.kids if re.match(re.escape(edit.line) + r"( |$)", n.line)]
        for rule in hit:
            node.remove(rule)
        return "" if hit else "rule_missing"
    words = edit.line.split()
    if edit.mark == ">" or (edit.key and len(words) > edit.key) or not edit.key:
        hit = [n for n in node.kids if n.line == edit.line or (edit.mark == ">" and n.line.startswith(edit.line + " "))]
    else:
        hit = _keyed(node, edit.line, edit)
    for found in hit:
        node.remove(found)
    return "" if hit or edit.mark in ("=", "=?", "!") else "missing"


def _rule(node: Node, edit: Edit, family: Family) -> None:
    """Access rules: without a number they get the next multiple of the step; a numbered one replaces its namesake;
    kept in order.
    """
    words = edit.line.split()
    numbers = [_rule_id(n) for n in node.kids if n.line.startswith("rule ")]
    body = words[2:] if words[1].isdecimal() else words[1:]
    step = next((int(n.line.split()[1]) for n in node.kids if re.fullmatch(r"step \d+", n.line)), 5)
    if words[1].isdecimal():
        number = int(words[1])
    else:
        if any(n.line.split()[2:] == body for n in node.kids if n.line.startswith("rule ")):
            return  # the same rule again changes nothing
        number = 0 if family.name == "comware7" and not numbers else (max(numbers, default=0) // step + 1) * step
    for old in [n for n in node.kids if re.match(rf"rule {number} (?!description |comment )", n.line)]:
        node.remove(old)
    line = " ".join(["rule", str(number), *body])
    if node.find(line) is None:
        new = adopt(node, line, depth=len(edit.path), root_indent=family.root_indent, block=False)
        new.indent = node.kids[0].indent if node.kids and node.kids[0] is not new else new.indent
    node.kids.sort(key=_rule_id)


def _rule_id(node: Node) -> int:
    matched = re.match(r"rule (\d+) ", node.line)
    return int(matched[1]) if matched else -1


def expand(text: str) -> set[int]:
    """`10 20 to 22` → {10, 20, 21, 22}."""
    words, out, at = text.split(), set[int](), 0
    while at < len(words):
        if at + 2 < len(words) and words[at + 1] == "to":
            out |= set(range(int(words[at]), int(words[at + 2]) + 1))
            at += 3
        else:
            out.add(int(words[at]))
            at += 1
    return out


def compact(numbers: set[int]) -> str:
    """{10, 20, 21, 22} → `10 20 to 22`."""
    parts: list[str] = []
    ordered = sorted(numbers)
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        parts.append(str(ordered[at]) if end == at else f"{ordered[at]} to {ordered[end]}")
        at = end + 1
    return " ".join(parts)


def _number_head(line: str) -> tuple[str, set[int]]:
    matched = re.fullmatch(r"(.*?)((?: (?:\d+|to))+)", line)
    return (matched[1], expand(matched[2])) if matched else (line, set())


def _numbers(node: Node, edit: Edit, family: Family) -> None:
    head, numbers = _number_head(edit.line)
    old = [n for n in node.kids if re.fullmatch(re.escape(head) + r"( (\d+|to))+", n.line)]
    for line in old:
        numbers |= _number_head(line.line)[1]
    if old:
        old[0].line = f"{head} {compact(numbers)}"
        for extra in old[1:]:
            node.remove(extra)
    else:
        _add(node, f"{head} {compact(numbers)}", edit, family)


def _numbers_undo(node: Node, edit: Edit) -> str:
    head, gone = _number_head(edit.line)
    hit = False
    for line in [n for n in node.kids if re.fullmatch(re.escape(head) + r"( (\d+|to))+", n.line)]:
        left = _number_head(line.line)[1] - gone
        hit = True
        if left:
            line.line = f"{head} {compact(left)}"
        else:
            node.remove(line)
    return "" if hit else "missing"
