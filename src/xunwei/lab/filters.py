"""`| include`, `| exclude`, `| begin`, `| section`, `| count` behind a display command."""

from __future__ import annotations

import re

NAMES = ("include", "exclude", "begin", "section", "count")


class FilterError(Exception):
    """The filter or its regular expression is not understood."""


def cut(line: str) -> tuple[str, list[str]]:
    """(command, filters) of a typed line; a `|` is a filter only in a display command, behind a space."""
    if not "display".startswith(line.split(None, 1)[0].lower()):
        return line, []
    command, *filters = re.split(r"\s+\|\s*", line.rstrip())
    return (command, filters) if filters else (line, [])


def wanted(text: str, filter_text: str) -> str:
    """The lines that pass one filter.

    Matching ignores nothing; FilterError for unknown filters and costly expressions.
    """
    word, _, pattern = filter_text.strip().partition(" ")
    names = [n for n in NAMES if n.startswith(word.lower())] if word else []
    if not names or (not pattern.strip() and names[0] != "count"):
        raise FilterError(filter_text)
    if names[0] == "section":
        pattern = re.sub(r"^(include|exclude)\s+", "", pattern.strip())
    expression = _expression(pattern.strip())
    lines = text.splitlines()
    if names[0] == "begin":
        at = next((i for i, line in enumerate(lines) if expression.search(line)), len(lines))
        return "\n".join(lines[at:])
    if names[0] == "section":
        return "\n".join(_sections(lines, expression))
    keep = [line for line in lines if bool(expression.search(line)) != (names[0] == "exclude")]
    return f"Total number of lines: {len(keep)}." if names[0] == "count" else "\n".join(keep)


def _expression(pattern: str) -> re.Pattern[str]:
    """A compiled expression. Repeated groups and many unbounded repeats are refused: they could run for hours."""
    if len(pattern) > 255 or re.search(r"\)\s*[*+{]", pattern) or len(re.findall(r"(?<!\\)[*+{]", pattern)) > 3:
        raise FilterError(pattern)
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning):
        raise FilterError(pattern) from None


def _sections(lines: list[str], expression: re.Pattern[str]) -> list[str]:
    out: list[str] = []
    inside = False
    for line in lines:
        if not line.startswith(" "):
            inside = expression.search(line) is not None and line != "#"
        if inside:
            out.append(line)
    return out
