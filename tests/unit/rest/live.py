"""A lab product of kind rest and what a whole inspection of it finds."""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xunwei import pack as packs
from xunwei.collect import rest
from xunwei.collect.access import Access
from xunwei.evaluate import Compiled, SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

NAME = "product-1"


def spec(personality: str, name: str = NAME, **faults: Any) -> content.DeviceSpec:
    folder = content.PERSONALITIES / personality
    state, answers = content.load_personality(folder)
    return content.DeviceSpec(name, personality, 0, state, answers, faults, str(state["kind"]), folder)


@functools.cache
def rules(platform: str) -> list[Compiled]:
    return compile_rules(packs.load(platform))


@dataclass
class Product:
    """One product in a running lab, asked as the engine asks it."""

    lab: Lab
    platform: str
    limits: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def certificate(self) -> Path:
        return self.lab._estate.folder / f"{NAME}.pem"

    def server(self) -> Any:
        return self.lab._estate.servers[NAME]

    def access(self, **changed: Any) -> Access:
        device = self.lab.devices[NAME]
        values = {
            "asset": Asset(NAME, self.platform, "storage"), "address": device.address, "port": device.port,
            "user": self.lab.user, "password": self.lab.password, "timeout": 5.0,
            "settings": {"tls_ca": str(self.certificate)} | self.settings,
        }  # fmt: skip
        return Access(**(values | changed))

    def ask(self, names: list[str] | None = None, seconds: float = 60.0, **changed: Any) -> dict[str, Answer]:
        pack = packs.load(self.platform)
        sections = [pack.section(n) for n in names or pack.sections]
        found = rest.ask(self.access(**changed), pack, sections, deadline=time.monotonic() + seconds)
        return {answer.section: answer for answer in found}

    def judged(self) -> dict[str, Judgement]:
        """Judgements by rule without the platform's name."""
        pack = packs.load(self.platform)
        views = {}
        for name, answer in self.ask().items():
            parsed = parse(pack, name, answer.raw) if answer.status is Status.COLLECTED else None
            assert parsed is None or parsed.status is Status.COLLECTED, f"{name}: {parsed.reason}\n{answer.raw[:800]}"
            facts = parsed.facts if parsed else None
            if facts is not None:
                changes.add(pack.section(name), facts, answer.started, [])
            views[name] = SectionView(parsed.status if parsed else answer.status, facts, answer.reason, raw=answer.raw)
        asset = Asset.from_json(
            {"name": NAME, "platform": self.platform, "asset_class": "storage", "limits": self.limits}
        )
        return {j.rule.partition(".")[2]: j for j in judge(asset, views, rules(self.platform), time.time())}

    def findings(self) -> dict[str, str]:
        """Rule → verdict of everything that is not good; what was not collected counts."""
        fine = (Verdict.PASS, Verdict.NOT_APPLICABLE)
        return {name: j.verdict.value for name, j in self.judged().items() if j.verdict not in fine}
