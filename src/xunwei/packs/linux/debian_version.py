"""Order of Debian version numbers: Debian policy 5.6.12, deb-version(7)."""

from __future__ import annotations

import re
from itertools import zip_longest


def _weight(char: str) -> int:
    if char == "~":
        return -1
    if char.isalpha():
        return ord(char)
    return ord(char) + 256


def _compare_part(left: str, right: str) -> int:
    """Runs of non-digits and digits in turn: letters before other signs, `~` before the end, digits as numbers."""
    pattern = re.compile(r"([^0-9]*)([0-9]*)")
    runs = zip_longest(pattern.findall(left), pattern.findall(right), fillvalue=("", ""))
    for (text_a, digits_a), (text_b, digits_b) in runs:
        for a, b in zip_longest(text_a, text_b, fillvalue=""):
            weight_a, weight_b = _weight(a) if a else 0, _weight(b) if b else 0
            if weight_a != weight_b:
                return -1 if weight_a < weight_b else 1
        number_a, number_b = int(digits_a or 0), int(digits_b or 0)
        if number_a != number_b:
            return -1 if number_a < number_b else 1
    return 0


def _split(version: str) -> tuple[int, str, str]:
    epoch, sep, rest = version.partition(":")
    if not sep or not epoch.isdigit():
        epoch, rest = "0", version
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "0")
    return int(epoch), upstream, revision


def compare(left: str, right: str) -> int:
    """-1, 0 or 1 as `left` is older than, equal to or newer than `right`."""
    a, b = _split(left), _split(right)
    if a[0] != b[0]:
        return -1 if a[0] < b[0] else 1
    return _compare_part(a[1], b[1]) or _compare_part(a[2], b[2])
