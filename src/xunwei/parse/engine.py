"""Turn one answer into facts, or say why not. The only place that catches what a parser throws."""

from __future__ import annotations

import re
from typing import NamedTuple

from xunwei.model import Facts
from xunwei.pack import Pack
from xunwei.parse.text import Unparsed
from xunwei.words import Status

# A refusal is a short answer. Longer text that happens to hold such words is an answer to be parsed.
REFUSAL_LINES = 8


class Parsed(NamedTuple):
    """Status after parsing, facts when collected, and a one-line reason otherwise."""

    status: Status
    facts: Facts | None
    reason: str = ""


def refusal(pack: Pack, raw: str) -> Parsed | None:
    """What the device's own words say when it refused the question, or None when it answered."""
    lines = [line for line in raw.splitlines() if line.strip()]
    if not lines or len(lines) > REFUSAL_LINES:
        return None
    for kind, pattern in pack.refusals:
        match = pattern.search(raw)
        if match:
            return Parsed(Status(kind), None, f"the device said: {_one_line(lines[-1])}")
    return None


def parse(pack: Pack, name: str, raw: str) -> Parsed:
    """Parse the answer to section `name`.

    Returns status collected (facts of the declared shape), empty, unsupported, denied or unparsed. Raises
    InputError for an unknown section and PackError when the pack has no parser for it.
    """
    section = pack.section(name)
    parser = pack.parser(name)
    if not raw.strip() and not section.blank:
        return Parsed(Status.EMPTY, None, "empty answer")
    refused = refusal(pack, raw)
    if refused is not None:
        return refused
    try:
        facts = parser(raw)
    except Unparsed as exc:
        return Parsed(Status.UNPARSED, None, _one_line(str(exc)))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError, OverflowError) as exc:
        # A parser must raise Unparsed; anything else is its defect, but never costs the run the other sections.
        return Parsed(Status.UNPARSED, None, _one_line(f"parser failed: {type(exc).__name__}: {exc}"))
    problem = section.answered.problem(facts)
    if problem is not None:
        return Parsed(Status.UNPARSED, None, f"parser returned what is not declared: {problem}")
    return Parsed(Status.COLLECTED, facts)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:200]
