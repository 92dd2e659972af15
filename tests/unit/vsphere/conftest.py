"""A simulated vCenter, inspected as a run does."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect import vsphere
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

FOLDER = content.PERSONALITIES / "vcenter"
PACK = packs.load("vsphere")
RULES = compile_rules(PACK)
ASSET = Asset("vc-1", "vsphere", "virtualization")


@dataclass
class Vcenter:
    """A running one, and how to ask it."""

    lab: Lab
    settings: dict[str, Any] = field(default_factory=dict)

    def access(self, **changed: Any) -> Access:
        device = self.lab.devices["vc-1"]
        words: dict[str, Any] = {
            "address": device.address, "port": device.port, "user": self.lab.user, "password": self.lab.password,
            "settings": self.settings, "timeout": 5.0,
        }  # fmt: skip
        return Access(ASSET, **{**words, **changed})

    def ask(self, *names: str, seconds: float = 30.0, **changed: Any) -> list[Answer]:
        """Answers of the named sections, or of all."""
        sections = [PACK.section(n) for n in names] or list(PACK.sections.values())
        return vsphere.ask(self.access(**changed), PACK, sections, deadline=time.monotonic() + seconds)

    def judge(self) -> tuple[dict[str, Status], dict[str, Judgement]]:
        """(status by section, judgement by rule without the platform's name)."""
        views = {}
        for answer in self.ask():
            parsed = parse(PACK, answer.section, answer.raw) if answer.status is Status.COLLECTED else None
            status, facts = (parsed.status, parsed.facts) if parsed else (answer.status, None)
            views[answer.section] = SectionView(status, facts, answer.reason, raw=answer.raw)
        judged = judge(ASSET, views, RULES, time.time())
        return {n: v.status for n, v in views.items()}, {j.rule.partition(".")[2]: j for j in judged}

    def findings(self) -> dict[str, Verdict]:
        """What is not good, by rule."""
        return {n: j.verdict for n, j in self.judge()[1].items() if j.verdict in (Verdict.FAIL, Verdict.WARN)}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Vcenter]]:
    """Starts a vCenter with faults and changes of its state."""
    labs: list[Lab] = []

    def run(state: dict[str, Any] | None = None, **faults: Any) -> Vcenter:
        own, _ = content.load_personality(FOLDER)
        merged = content.merge(copy.deepcopy(own), state or {})
        spec = content.DeviceSpec("vc-1", "vcenter", 1, merged, {}, faults, "vsphere", FOLDER)
        lab = Lab(specs=[spec], folder=tmp_path)
        lab.__enter__()
        labs.append(lab)
        return Vcenter(lab, {"tls_ca": str(tmp_path / "lab" / "vc-1.pem")})

    yield run
    for lab in labs:
        lab.__exit__(None, None, None)
