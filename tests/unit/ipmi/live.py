"""One simulated BMC inspected with the whole pack."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from xunwei import pack as packs
from xunwei.collect import ipmi
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

ASSET = Asset("dev-1", "ipmi", "server")


def spec(faults: dict[str, Any] | None = None) -> content.DeviceSpec:
    """The personality as a device of the lab."""
    folder = content.PERSONALITIES / "ipmi_server"
    state, answers = content.load_personality(folder)
    return content.DeviceSpec("dev-1", "ipmi_server", 1, state, answers, faults or {}, "ipmi", folder)


def access(lab: Lab, **changed: Any) -> Access:
    """The way to it; `changed`: other fields of Access."""
    device = lab.devices["dev-1"]
    values = {
        "port": device.port,
        "user": lab.user,
        "password": lab.password,
        "timeout": 5.0,
        "settings": {"ipmi_cipher": "3"},
    }
    return Access(ASSET, device.address, **(values | changed))


def collect(lab: Lab, names: list[str] | None = None, seconds: float = 60.0, **changed: Any) -> dict[str, Answer]:
    """Answers by section."""
    pack = packs.load("ipmi")
    sections = [s for n, s in pack.sections.items() if names is None or n in names]
    answers = ipmi.ask(access(lab, **changed), pack, sections, deadline=time.monotonic() + seconds)
    assert [a.section for a in answers] == [s.name for s in sections]
    return {a.section: a for a in answers}


def views(answers: dict[str, Answer]) -> dict[str, SectionView]:
    """What evaluation sees of them."""
    pack, found = packs.load("ipmi"), {}
    for name, answer in answers.items():
        parsed = parse(pack, name, answer.raw) if answer.status is Status.COLLECTED else None
        found[name] = SectionView(
            parsed.status if parsed else answer.status, parsed.facts if parsed else None,
            parsed.reason if parsed else answer.reason, time=answer.started, raw=answer.raw,
        )  # fmt: skip
    return found


def judged(answers: dict[str, Answer]) -> dict[str, Judgement]:
    """Judgement by rule, without the platform's name."""
    rules = compile_rules(packs.load("ipmi"))
    return {j.rule.partition(".")[2]: j for j in judge(ASSET, views(answers), rules, time.time())}


def found(answers: dict[str, Answer]) -> set[str]:
    """Rules that fail or warn."""
    return {n for n, j in judged(answers).items() if j.verdict in (Verdict.FAIL, Verdict.WARN)}


def lab_in(folder: Path, faults: dict[str, Any] | None = None) -> Lab:
    """A lab of one BMC."""
    return Lab(specs=[spec(faults)], folder=folder)
