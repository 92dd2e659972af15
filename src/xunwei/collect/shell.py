"""The one exec request of a Linux host: build its script, and cut what comes back into answers."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from xunwei.model import Answer
from xunwei.pack import Section
from xunwei.words import Status

# sysexits(3) EX_UNAVAILABLE and EX_NOPERM; timeout(1) says 124, a killed process 137.
_BY_EXIT = {
    0: Status.COLLECTED,
    69: Status.UNSUPPORTED,
    77: Status.DENIED,
    124: Status.TIMED_OUT,
    137: Status.TIMED_OUT,
}
_WORDS = {Status.TIMED_OUT: "did not answer in time", Status.UNSUPPORTED: "not on this host", Status.DENIED: "denied"}


@dataclass(frozen=True)
class Part:
    """What one asset adds to the script: its pack's shell text, parameters and sections."""

    asset: str
    script: str
    sections: Sequence[Section]
    parameters: Mapping[str, str] = field(default_factory=dict)


def build(parts: Iterable[Part], *, mark: str, since: float, limit: float) -> bytes:
    """The script for stdin of `/bin/sh -s`. `mark` frames answers, `since` is the last run (epoch), `limit` seconds."""
    prelude = files("xunwei.collect").joinpath("prelude.sh").read_text(encoding="utf-8")
    lines = [f"XW_MARK={mark} XW_SINCE={int(since)} XW_LIMIT={int(limit)}\n", prelude]
    for part in parts:
        lines += [f"{name}={shlex.quote(value)}\n" for name, value in sorted(part.parameters.items())]
        lines += [f"xw_asset {shlex.quote(part.asset)}\n", part.script, "\n"]
        lines += [f"xw_section {s.name} {max(1, round(s.timeout))}\n" for s in part.sections]
    lines.append("xw_done\n")
    # A shell that reads stdin byte by byte (bash) pays for every comment.
    return re.sub(r"(?m)^[ \t]*#.*\n", "", "".join(lines)).encode()


def split(text: str, parts: Iterable[Part], *, mark: str, now: dt.datetime) -> dict[str, list[Answer]]:
    """{asset: answers} in the order asked. A section without an answer is there with the reason."""
    found: dict[tuple[str, str], Answer] = {}
    pattern = re.compile(rf"^{mark} begin (\S+) (\w+)\n(.*?)\n{mark} end \2 (\d+) (\d+)$", re.MULTILINE | re.DOTALL)
    for match in pattern.finditer(text):
        asset, section, raw, code, centiseconds = match.groups()
        found[asset, section] = _answer(section, raw, int(code), int(centiseconds) / 100)
    whole = f"{mark} done" in text
    answers: dict[str, list[Answer]] = {}
    begun = now
    for part in parts:
        rows = answers.setdefault(part.asset, [])
        for section in part.sections:
            answer = found.get((part.asset, section.name)) or _lost(section.name, text, whole)
            answer.ask, answer.started = section.ask, begun.isoformat(timespec="seconds")
            begun += dt.timedelta(seconds=answer.seconds)
            rows.append(answer)
    return answers


def _answer(section: str, raw: str, code: int, seconds: float) -> Answer:
    status = _BY_EXIT.get(code, Status.COLLECTED)
    if status is Status.COLLECTED and not raw.strip():
        status = Status.EMPTY
    reason = ""
    if status in _WORDS:
        last = raw.strip().splitlines()[-1:] if status is not Status.TIMED_OUT else []
        reason = last[0][:200] if last else _WORDS[status]
    return Answer(section, status, raw + "\n" if raw and not raw.endswith("\n") else raw, reason, "", code, "", seconds)


def _lost(section: str, text: str, whole: bool) -> Answer:
    if not text.strip():
        return Answer(section, Status.UNREACHABLE, reason="the host answered nothing")
    reason = "not in the answer" if whole else "the answer broke off before this section"
    return Answer(section, Status.TIMED_OUT if not whole else Status.UNPARSED, reason=reason)
