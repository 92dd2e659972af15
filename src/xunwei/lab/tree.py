"""A configuration as a tree of lines, the way VRP and Comware print it: indented blocks, `#` between groups."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    """One configuration line with the lines below it.

    `sep`: a `#` line stands before it; `indent`: columns at print.
    """

    line: str = ""
    kids: list[Node] = field(default_factory=list)
    sep: bool = False
    indent: int = 0

    def copy(self) -> Node:
        return Node(self.line, [k.copy() for k in self.kids], self.sep, self.indent)

    def find(self, line: str) -> Node | None:
        return next((k for k in self.kids if k.line == line), None)

    def starting(self, head: str) -> list[Node]:
        """Children whose line is `head` or begins with `head` and a space."""
        return [k for k in self.kids if k.line == head or k.line.startswith(head + " ")]

    def insert(self, node: Node, index: int | None = None) -> None:
        """Adds a child: at `index`, else behind the last sibling with the same first word, else at the end."""
        word = node.line.split(" ", 1)[0]
        if index is None:
            same = [i for i, k in enumerate(self.kids) if k.line.split(" ", 1)[0] == word]
            index = same[-1] + 1 if same else len(self.kids)
        self.kids.insert(index, node)

    def remove(self, node: Node) -> None:
        index = next(i for i, k in enumerate(self.kids) if k is node)
        if node.sep and index + 1 < len(self.kids):
            self.kids[index + 1].sep = True  # the group keeps its separator
        del self.kids[index]

    def render(self) -> Iterator[str]:
        """The lines below this node as printed, without the closing `return`."""
        for kid in self.kids:
            if kid.sep:
                yield "#"
            yield " " * kid.indent + kid.line
            yield from kid.render()

    def text(self) -> str:
        return "\n".join([*self.render(), "#", "return"])

    def walk(self, path: tuple[str, ...]) -> Node | None:
        """The node at a path of lines, None when some line is missing."""
        node: Node | None = self
        for line in path:
            node = node.find(line) if node else None
        return node


def parse(text: str) -> Node:
    """A tree from configuration text. `#` in the first column ends every block; an indented one is kept as a line."""
    root = Node()
    stack: list[tuple[int, Node]] = [(-1, root)]
    sep = False
    for raw in text.expandtabs().splitlines():
        line = raw.strip()
        indent = len(raw.rstrip()) - len(line)
        if not line or (line == "return" and indent == 0):
            continue
        if line == "#" and indent == 0:
            stack, sep = [(-1, root)], True
            continue
        while stack[-1][0] >= indent:
            stack.pop()
        node = Node(line, sep=sep, indent=indent)
        stack[-1][1].kids.append(node)
        stack.append((indent, node))
        sep = False
    return root


def adopt(parent: Node, line: str, *, depth: int, root_indent: int, block: bool) -> Node:
    """Puts a new line where the device would print it.

    `root_indent`: columns of single lines at top level (Comware: 1).
    """
    word = line.split(" ", 1)[0]
    alone = depth == 0 and (block or not any(k.line.split(" ", 1)[0] == word and not k.kids for k in parent.kids))
    indent = (0 if block else root_indent) if depth == 0 else _kid_indent(parent, depth)
    node = Node(line, sep=alone, indent=indent)
    parent.insert(node)
    index = parent.kids.index(node)
    following = parent.kids[index + 1] if index + 1 < len(parent.kids) else None
    if depth == 0 and alone and following is not None:
        following.sep = True
    return node


def _kid_indent(parent: Node, depth: int) -> int:
    return parent.kids[0].indent if parent.kids else max(parent.indent + 1, depth)


def diff(old: Node, new: Node) -> list[str]:
    """Unified differences of two configurations, two lines of context, without file names."""
    lines = difflib.unified_diff(old.text().splitlines(), new.text().splitlines(), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("---", "+++"))]
