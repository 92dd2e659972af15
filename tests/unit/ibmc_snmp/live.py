"""A device of a lab that speaks SNMP, inspected with the whole pack of its platform."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from xunwei import pack as packs
from xunwei.collect import snmp
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset, Json, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

V3 = {"snmp_user": "inspector", "snmp_auth_key": "lab-inspector-1", "snmp_priv_key": "lab-inspector-1"}


def lab_of(personality: str, folder: Path, faults: Json | None = None) -> Lab:
    """A lab of one device."""
    path = content.PERSONALITIES / personality
    state, answers = content.load_personality(path)
    return Lab(
        specs=[content.DeviceSpec("dev-1", personality, 1, state, answers, faults or {}, "snmp", path)], folder=folder
    )


def collect(lab: Lab, platform: str, settings: Json | None = None) -> dict[str, Answer]:
    """Answers by section."""
    device, pack = lab.devices["dev-1"], packs.load(platform)
    access = Access(
        Asset("dev-1", platform, "server"), device.address, device.port, timeout=3.0, settings=settings or V3
    )
    return {a.section: a for a in snmp.ask(access, pack, list(pack.sections.values()), deadline=time.monotonic() + 60)}


def views(platform: str, answers: dict[str, Answer], trend: Json | None = None) -> dict[str, SectionView]:
    """What evaluation sees; `trend`: what the engine adds to the items of section `pools`."""
    pack, found = packs.load(platform), {}
    for name, answer in answers.items():
        parsed = parse(pack, name, answer.raw) if answer.status is Status.COLLECTED else None
        facts: Any = parsed.facts if parsed else None
        if name == "pools" and facts:
            facts = {"pools": [{**p, "trend": {"used_percent": trend or {"days_left": None}}} for p in facts["pools"]]}
        reason = parsed.reason if parsed else answer.reason
        status = parsed.status if parsed else answer.status
        found[name] = SectionView(status, facts, reason, time=answer.started, raw=answer.raw)
    return found


def judged(platform: str, answers: dict[str, Answer], limits: Json | None = None) -> dict[str, Judgement]:
    """Judgement by rule, without the platform's name."""
    asset = Asset("dev-1", platform, "server", limits={f"{platform}.{k}": v for k, v in (limits or {}).items()})
    found = judge(asset, views(platform, answers), compile_rules(packs.load(platform)), time.time())
    return {j.rule.partition(".")[2]: j for j in found}


def found(platform: str, answers: dict[str, Answer], limits: Json | None = None) -> dict[str, Verdict]:
    """Rules that fail or warn."""
    bad = (Verdict.FAIL, Verdict.WARN)
    return {n: j.verdict for n, j in judged(platform, answers, limits).items() if j.verdict in bad}
