"""Ask a simulated device of kind `ciscolike` over SSH as the collector does, and judge the answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from xunwei import pack as packs
from xunwei.collect.cli import Target, collect
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.content import DeviceSpec
from xunwei.lab.harness import Lab
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

NAME = "sw-lab-1"


@contextmanager
def device(personality: str, faults: dict[str, Any] | None = None) -> Iterator[Lab]:
    """A lab with one device of that personality."""
    folder = content.PERSONALITIES / personality
    state, _ = content.load_personality(folder)
    with Lab(specs=[DeviceSpec(NAME, personality, 0, state, {}, faults or {}, "ciscolike", folder)]) as lab:
        yield lab


def target(lab: Lab, platform: str, user: str = "", password: str = "") -> Target:
    """The way to the lab's device; its host key is checked."""
    kind = packs.load(platform).options["device_types"]["default"]
    known = str(lab.client_key.parent / f"known_hosts_{NAME}")
    port = lab.devices[NAME].port
    return Target("127.0.0.1", port, user or lab.user, kind, password=password or lab.password, known_hosts=(known,))


def look(lab: Lab, platform: str) -> tuple[dict[str, SectionView], dict[str, Verdict]]:
    """(what was seen by section, what is neither a pass nor not applicable by rule)."""
    pack = packs.load(platform)
    answers = collect(target(lab, platform), list(pack.sections.values()), deadline=time.monotonic() + 120)
    redactor = Redactor(b"live", pack.redact)
    views = {}
    for answer in answers:
        raw = redactor.clean(answer.raw)
        views[answer.section] = SectionView(answer.status, None, answer.reason, raw=raw)
        if answer.status is Status.COLLECTED:
            parsed = parse(pack, answer.section, raw)
            if parsed.facts is not None:
                changes.add(pack.section(answer.section), parsed.facts, answer.started, [])
            views[answer.section] = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
    judged = judge(Asset(NAME, platform, "network"), views, compile_rules(pack), time.time())
    good = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    return views, {j.rule.removeprefix(f"{platform}."): j.verdict for j in judged if j.verdict not in good}
