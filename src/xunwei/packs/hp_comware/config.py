"""A Comware configuration as text: global commands, views with their commands, and a digest that ignores layout."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from xunwei.packs.hp_comware.comware import Line, shown_lines
from xunwei.parse.text import Unparsed


@dataclass
class View:
    """A view (`interface …`, `line vty 0 63`, …) and the commands in it; `line` is 1-based."""

    head: str
    line: int
    commands: list[Line] = field(default_factory=list)

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first command of the view that matches the pattern as a whole."""
        return next((m for _, command in self.commands if (m := re.fullmatch(pattern, command))), None)

    def all(self, pattern: str) -> list[re.Match[str]]:
        """All commands of the view that match the pattern as a whole."""
        return [m for _, command in self.commands if (m := re.fullmatch(pattern, command))]


@dataclass
class Config:
    """`plain`: global commands; `views`: the others; `lines`: number of commands; `digest`: sha256 over all."""

    plain: list[Line]
    views: list[View]
    lines: int
    digest: str

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first global command that matches the pattern as a whole."""
        return next((m for _, command in self.plain if (m := re.fullmatch(pattern, command))), None)

    def all(self, pattern: str) -> list[re.Match[str]]:
        """All global commands that match the pattern as a whole."""
        return [m for _, command in self.plain if (m := re.fullmatch(pattern, command))]

    def line_of(self, pattern: str) -> int | None:
        """Line number of the first global command that matches."""
        return next((number for number, command in self.plain if re.fullmatch(pattern, command)), None)


def read(text: str) -> Config:
    """A configuration as printed. Raises Unparsed when it does not end with `return`: then it is cut off."""
    lines = shown_lines(text)
    ends = [i for i, (_, line) in enumerate(lines) if line.strip() == "return" and not line.startswith(" ")]
    if not ends:
        raise Unparsed("the configuration does not end with `return`")
    if ends[0] != len(lines) - 1:
        raise Unparsed(f"line {lines[ends[0] + 1][0]}: text after the end of the configuration")
    plain: list[Line] = []
    views: list[View] = []
    kept: list[str] = []
    view: View | None = None
    for number, line in lines[: ends[0]]:
        words = line.strip()
        if words == "#":
            view = None if not line.startswith(" ") else view
            continue
        if not re.match(r"version [\d.]+", words):
            kept.append(words)
        if line.startswith(" ") and view is not None:
            view.commands.append((number, words))
        elif line.startswith(" "):
            plain.append((number, words))
        else:
            view = View(words, number)
            views.append(view)
    if not any(re.match(r"(?:sysname|version) ", words) for _, words in plain) and not any(
        v.head.startswith("sysname ") for v in views
    ):
        raise Unparsed("neither version nor sysname: not a configuration")
    # A view without commands may as well be a global command of a release that does not indent them.
    plain += [(v.line, v.head) for v in views if not v.commands]
    digest = hashlib.sha256("\n".join(kept).encode("utf-8", "surrogateescape")).hexdigest()
    return Config(plain, views, len(kept), digest)
