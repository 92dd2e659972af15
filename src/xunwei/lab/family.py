"""A device family: its views, its words for errors and questions, its interface names, its way of paging."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xunwei.errors import InputError
from xunwei.lab.grammar import Fault
from xunwei.lab.views import View


@dataclass(frozen=True)
class Family:
    """Everything that differs between vendors. `texts` are the sentences the actions print, by key."""

    name: str
    views: Mapping[str, View]
    errors: Mapping[Fault, str]
    texts: Mapping[str, str]
    kinds: tuple[str, ...]  # interface types, the more common first
    logical: tuple[str, ...]  # types that configuration may create
    short: Mapping[str, str] = field(default_factory=dict)  # short type as printed in tables → type
    more: str = "  ---- More ----"
    erase: str = "\x1b[42D" + " " * 42 + "\x1b[42D"
    two_stage: bool = False
    root_indent: int = 0
    default_name: str = "HUAWEI"
    startup_file: str = "flash:/vrpcfg.zip"
    suffixes: tuple[str, ...] = (".cfg", ".zip")

    def interface(self, typed: str, known: Iterable[str]) -> str | None:
        """The full name of an interface as typed (`gi0/0/1`, `GE1/0/1`), among `known` or one that can be created."""
        matched = re.fullmatch(r"(\d+GE|[A-Za-z][A-Za-z-]*)(\d[\d/.:]*)", typed, re.IGNORECASE)
        if matched is None:
            return None
        word, number = matched[1].lower(), matched[2]
        types = [full for short, full in self.short.items() if short.lower() == word]
        types += [t for t in self.kinds if t.lower() == word] or [t for t in self.kinds if t.lower().startswith(word)]
        names = {name.lower(): name for name in known}
        for kind in types:
            found = names.get(f"{kind}{number}".lower())
            if found:
                return found
        for kind in types:
            parent = names.get(f"{kind}{number.partition('.')[0]}".lower())
            if kind in self.logical and re.fullmatch(r"\d{1,4}", number):
                return f"{kind}{number}"
            if parent and re.fullmatch(r"[\d/:]+\.\d{1,4}", number):
                return f"{parent}.{number.partition('.')[2]}"
        return None

    def long_name(self, name: str) -> str:
        """An interface name from a table (`XGE1/0/49`) in full."""
        matched = re.fullmatch(r"([A-Za-z-]+)(\d.*)", name)
        return self.short.get(matched[1], matched[1]) + matched[2] if matched else name


def family(name: str) -> Family:
    """The family of that name, or InputError."""
    from xunwei.lab import syntax_comware, syntax_huawei

    makers = {
        "vrp5": syntax_huawei.vrp5,
        "vrp8": syntax_huawei.vrp8,
        "usg": syntax_huawei.usg,
        "comware7": syntax_comware.comware7,
        "secpath": syntax_comware.secpath,
    }
    if name not in makers:
        raise InputError(f"unknown device family {name!r}; known: {', '.join(makers)}, ibmc")
    return makers[name]()
