"""Run a pack's own shell text on this machine, as the one exec request does, and parse what comes back."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Mapping, Sequence

from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.model import Answer, Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

MARK = "mark0123456789"


def ask(
    platform: str,
    parameters: Mapping[str, str],
    *,
    since: float = 0,
    only: Sequence[str] = (),
    shell_words: Sequence[str] = ("/bin/sh", "-s"),
    extra: str = "",
) -> dict[str, Answer]:
    """Answers by section. `parameters`: shell variables over the pack's defaults; `extra`: shell text after the pack's."""
    pack = packs.load(platform)
    given = {v: spec.partition("=")[2] for v, spec in pack.parameters.items()} | dict(parameters)
    sections = [s for s in pack.sections.values() if not only or s.name in only]
    part = shell.Part("it-1", pack.script() + extra, sections, given)
    script = shell.build([part], mark=MARK, since=since, limit=90)
    done = subprocess.run(list(shell_words), input=script, capture_output=True, check=False, timeout=120)
    answers = shell.split(done.stdout.decode(), [part], mark=MARK, now=dt.datetime.now(dt.UTC))["it-1"]
    redactor = Redactor(b"invented", pack.redact)
    for answer in answers:
        answer.raw = redactor.clean(answer.raw)
    return {answer.section: answer for answer in answers}


def views(
    platform: str, answers: Mapping[str, Answer], earlier: Mapping[str, SectionView] | None = None, hours: float = 24
) -> dict[str, SectionView]:
    """Parsed, with what the engine adds; `earlier`: the run so many hours before."""
    pack = packs.load(platform)
    found = {}
    now = dt.datetime.now(dt.UTC)
    for name, answer in answers.items():
        status, facts, reason = answer.status, None, answer.reason
        if status in (Status.COLLECTED, Status.EMPTY):
            status, facts, reason = parse(pack, name, answer.raw)
        if facts is not None:
            section = pack.section(name)
            before = changes.course(section, earlier[name].facts) if earlier else None
            then = (now - dt.timedelta(hours=hours)).isoformat()
            changes.add(
                section, facts, now.isoformat(), [{"time": then, "values": before}] if before is not None else []
            )
        found[name] = SectionView(status, facts, reason, raw=answer.raw)
    return found


def verdicts(platform: str, found: Mapping[str, SectionView], now: float) -> dict[str, Verdict]:
    """{rule without the platform's name: verdict}."""
    asset = Asset("it-1", platform, "middleware")
    judged = judge(asset, dict(found), compile_rules(packs.load(platform)), now)
    return {j.rule.partition(".")[2]: j.verdict for j in judged}


def findings(platform: str, found: Mapping[str, SectionView], now: float) -> set[str]:
    """Rules that fail or warn."""
    return {r for r, v in verdicts(platform, found, now).items() if v in (Verdict.FAIL, Verdict.WARN)}
