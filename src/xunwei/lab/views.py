"""Views (command contexts) of a device family, read from compact tables.

One line of a table is one command: a mark, then its pattern (see grammar). What the mark means for the configuration:

    = P            one such line in the view, the new one replaces; `undo` takes the keywords in front of the
                   first parameter
    =? P           the same, and `undo` also takes the whole line
    + P            any number of different lines; `undo` takes the whole line
    #3 P           lines are told apart by their first 3 words; `undo` takes exactly these
                   (#4/5: 4 words typed make 5 printed)
    ! P            a switch that is off by default: shown when on
    ~ P            a switch that is on by default: shown as `undo P` when off
    & P            a list of numbers that grows and shrinks, printed as one line
    % P            an access rule with automatic number; `undo rule N` only
    > view | P     opens a view below this one
    $ action | P   does something and leaves no line; for two-stage families it is not part of the candidate

Behind the pattern: `=> form` the line as printed (named parameters in braces), `@ name` the view's part of the prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xunwei.lab.grammar import Keyword, Param, Seq, compile_pattern

MARKS = ("=?", "=", "+", "#", "!", "~", "&", "%", ">", "$")


@dataclass(frozen=True)
class Command:
    """One line of a table, ready to match. `undo`: this is the undo form of it."""

    mark: str
    seq: Seq
    target: str = ""  # view that is opened, or action
    form: str = ""
    prompt: str = ""
    key: int = 0  # words that tell lines apart, 0: all
    undo: bool = False


@dataclass(frozen=True)
class View:
    name: str
    commands: tuple[Command, ...]


def table(name: str, *texts: str) -> View:
    """A view from its tables."""
    commands: list[Command] = []
    for text in texts:
        for raw in text.splitlines():
            if raw.strip():
                commands.extend(_commands(raw.strip()))
    return View(name, tuple(commands))


@cache
def _commands(line: str) -> tuple[Command, ...]:
    head, pattern = line.split(" ", 1)
    mark = next(m for m in MARKS if head.startswith(m))
    pattern, _, prompt = pattern.partition(" @ ")
    pattern, _, form = pattern.partition(" => ")
    target = ""
    if mark in (">", "$"):
        target, _, pattern = (part.strip() for part in pattern.partition("|"))
    seq = compile_pattern(pattern)
    front = _front(seq)
    taken, _, told = head[1:].partition("/") if mark == "#" else (str(front), "", "")
    key = int(told or taken) if mark in ("#", "=", "=?") else 2 if mark == "%" else 0
    do = Command(mark, seq, target, form, prompt, key)
    undo = Keyword("undo")

    def undone(part: Seq) -> Command:
        return Command(mark, (undo, *part), target, form, prompt, key, undo=True)

    if mark == "$":
        return (do,)
    if mark in ("=", "#"):
        return (do, undone(seq[: int(taken)]))
    if mark == "=?":
        return (do, undone(seq[: int(taken)]), undone(seq))
    if mark == "%":
        return (do, undone((Keyword("rule"), Param("id", "int"))))
    return (do, undone(seq))


def _front(seq: Seq) -> int:
    count = 0
    while count < len(seq) and isinstance(seq[count], Keyword):
        count += 1
    return count
