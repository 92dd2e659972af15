"""Lines of PAM files (`FILE: line`) and of `key = value` files of libpam modules (pam.conf(5))."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xunwei.packs.linux.parts import Part, number
from xunwei.parse import Unparsed

_LINE = re.compile(
    r"(?P<file>[A-Za-z0-9_.-]+): ?-?(?P<type>auth|account|password|session) +"
    r"(?P<control>\[[^]]*\]|\S+) +(?P<module>\S+)(?: (?P<arguments>.*))?"
)


@dataclass(frozen=True)
class Pam:
    """One line: file below /etc/pam.d, type, control, module without path and `.so`, arguments, line number."""

    file: str
    type: str
    control: str
    module: str
    arguments: tuple[str, ...]
    line: int

    def value(self, name: str) -> str | None:
        """VALUE of the argument `name=VALUE`, '' for the bare `name`, None when it is not there."""
        for argument in self.arguments:
            key, _, value = argument.partition("=")
            if key == name:
                return value
        return None

    def int_value(self, name: str) -> int | None:
        """Like `value`, as a number."""
        value = self.value(name)
        return number(value, name) if value else None


def read(part: Part) -> list[Pam]:
    """All lines of a part. Raises Unparsed."""
    found = []
    for n, text in part.whole().lines:
        match = _LINE.fullmatch(text.strip())
        if match is None:
            raise Unparsed(f"line {n} is not a line of PAM: {text[:60]!r}")
        module = match["module"].rpartition("/")[2].removesuffix(".so")
        words = tuple((match["arguments"] or "").partition(" #")[0].split())
        found.append(Pam(match["file"], match["type"], match["control"], module, words, n))
    return found


def settings(part: Part) -> dict[str, tuple[str, int]]:
    """`key = value` and bare `key` lines; the last one counts."""
    found = {}
    for n, text in part.whole().lines:
        match = re.fullmatch(r"\s*([A-Za-z_]+)\s*(?:=\s*(.*?))?\s*", text)
        if match is None:
            raise Unparsed(f"line {n} is not a setting: {text[:60]!r}")
        found[match[1]] = (match[2] or "", n)
    return found
