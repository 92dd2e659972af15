"""Inspect a simulated device without a network: every question of the pack typed into a session, answers judged."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from xunwei import pack as packs
from xunwei.collect.redact import Redactor
from xunwei.dates import iso
from xunwei.evaluate import Compiled, SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.device import Device
from xunwei.lab.shell import Session
from xunwei.model import Asset
from xunwei.parse.engine import parse, refusal
from xunwei.words import Status, Verdict

# personality → (platform, asset class, variant)
KINDS = {
    "vrp5": ("huawei_vrp", "switch", ""),
    "vrp8": ("huawei_vrp", "switch", "8"),
    "usg": ("huawei_vrp", "firewall", ""),
    "comware7": ("hp_comware", "switch", ""),
    "secpath": ("hp_comware", "firewall", ""),
}


@cache
def rules_of(platform: str) -> list[Compiled]:
    return compile_rules(packs.load(platform))


@cache
def _personality(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    return content.load_personality(content.PERSONALITIES / name)


def device_of(personality: str, **faults: Any) -> Device:
    state, answers = _personality(personality)
    state = content.merge(state, {"hostname": "dev-1"})
    return Device(content.DeviceSpec("dev-1", personality, 0, state, answers, faults))


class Inspector:
    """Looks at one device again and again; what it saw before is what `delta` is measured against."""

    def __init__(self, personality: str, device: Device, limits: dict[str, dict[str, Any]] | None = None) -> None:
        self.platform, asset_class, variant = KINDS[personality]
        self.device, self.pack = device, packs.load(self.platform)
        self.asset = Asset("dev-1", self.platform, asset_class, variant=variant, limits=limits or {})
        self.sections = [s for s in self.pack.sections.values() if s.is_for(asset_class, variant)]
        self.rules = rules_of(self.platform)
        self.redactor = Redactor(b"lab", self.pack.redact)
        self.earlier: dict[str, list[dict[str, Any]]] = {}
        self.now = time.time()
        self.views: dict[str, SectionView] = {}

    def raw(self) -> dict[str, str]:
        session = Session(self.device, "inspector")
        session.open()
        session.page = 0
        answers = {}
        for section in self.sections:
            texts = []
            for question in section.asks:
                for command in question.split(" || "):
                    text = session.feed(command).text
                    if refusal(self.pack, text) is None:
                        break
                texts.append(text)
            answers[section.name] = self.redactor.clean("\n".join(texts))
        return answers

    def look(self) -> dict[str, Verdict]:
        """One inspection, an hour after the one before: what is neither a pass nor does not apply, by rule."""
        self.now += 3600
        for name, raw in self.raw().items():
            parsed = parse(self.pack, name, raw)
            if parsed.facts is not None:
                section, earlier = self.pack.section(name), self.earlier.setdefault(name, [])
                course = changes.course(section, parsed.facts)
                changes.add(section, parsed.facts, iso(self.now), earlier)
                if course is not None:
                    earlier.insert(0, {"time": iso(self.now), "values": course})
            self.views[name] = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
        quiet = (Verdict.PASS, Verdict.NOT_APPLICABLE)
        judged = judge(self.asset, self.views, self.rules, time.time())
        return {j.rule.partition(".")[2]: j.verdict for j in judged if j.verdict not in quiet}

    def missing(self) -> dict[str, Status]:
        return {n: v.status for n, v in self.views.items() if v.status is not Status.COLLECTED}
