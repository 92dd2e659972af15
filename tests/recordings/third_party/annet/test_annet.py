"""Before and after of configuration changes that others wrote, with the commands that lead from one to the other.

Every text goes through the pack's configuration reader: as a fragment it is refused (a configuration that does not end
was cut off), with a name and an end around it it is read. Every change is typed into a simulated device that has the
configuration before: when the device knows every line, it must end up with the configuration after; a line that it does
not know is refused and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from xunwei import pack as packs
from xunwei.lab import content
from xunwei.lab.device import Device
from xunwei.lab.shell import Session
from xunwei.lab.tree import Node, parse
from xunwei.parse.engine import parse as parsed
from xunwei.words import Status

WALKS = ["patch/annet/*"]
PLATFORMS = {"huawei": "huawei_vrp", "h3c": "hp_comware"}
# How many of the changes the simulated devices must bring to the very configuration that the recording shows.
SAME_AT_LEAST = {"huawei": 30, "h3c": 9}
# Without a RADIUS template of its own a domain goes back to `radius-server default`: the simulated device has no such line.
OTHERWISE = {"huawei_aaa_tacacs_radius_remove.yaml 0"}


@dataclass
class Case:
    name: str
    vendor: str
    before: str
    after: str
    patch: str


def cases(folder: Path) -> Iterator[Case]:
    for path in sorted((folder / "patch" / "annet").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, one in enumerate(data if isinstance(data, list) else [data]):
            words = {k: _text(one.get(k)) for k in ("before", "after", "patch")}
            if one.get("diff") is not None and not (words["before"] or words["after"]):
                words["before"], words["after"] = _sides(_text(one["diff"]))
            vendor = str(one.get("vendor") or path.name.split("_")[0]).split()[0].lower()
            yield Case(f"{path.name} {number}", vendor, words["before"], words["after"], words["patch"])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _sides(diff: str) -> tuple[str, str]:
    """What a marked text shows: lines marked `-` are before, those marked `+` after, others both."""
    sides: dict[str, list[str]] = {"-": [], "+": []}
    for line in diff.splitlines():
        match = re.fullmatch(r"(\s*)([-+]) ?(.*)", line)
        for mark, lines in sides.items():
            if match is None or match[2] == mark:
                lines.append(match[1] + match[3] if match else line)
    return "\n".join(sides["-"]), "\n".join(sides["+"])


def whole(vendor: str, text: str) -> str:
    """A fragment as part of a whole configuration."""
    indent = " " if vendor == "h3c" else ""
    head = (
        f"#\n{indent}version 7.1.070, Release 1\n#\n{indent}sysname dev-9\n"
        if vendor == "h3c"
        else "#\nsysname dev-9\n"
    )
    return f"{head}#\n{text.rstrip()}\n#\nreturn\n"


def test_every_text_is_refused_as_a_fragment_and_read_as_a_whole(fixtures_dir: Path) -> None:
    read = 0
    for case in cases(fixtures_dir):
        assert case.vendor in PLATFORMS, case.name
        pack = packs.load(PLATFORMS[case.vendor])
        for text in (case.before, case.after):
            fragment = parsed(pack, "configuration", text)
            assert fragment.status in (Status.UNPARSED, Status.EMPTY), case.name
            found = parsed(pack, "configuration", whole(case.vendor, text))
            assert not found.reason.startswith(("parser failed", "parser returned")), (case.name, found.reason)
            assert found.status is Status.COLLECTED, (case.name, found.reason)
            assert found.facts is not None
            assert found.facts["hostname"] == "dev-9"
            if case.vendor == "huawei":
                assert found.facts["interfaces"] == len(re.findall(r"(?m)^interface \S", text)), case.name
            read += 1
    assert read >= 130


@cache
def _personality(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    return content.load_personality(content.PERSONALITIES / name)


def device(case: Case) -> Device:
    name = "comware7" if case.vendor == "h3c" else "vrp8" if re.search(r"(?m)^commit$", case.patch) else "vrp5"
    state, answers = _personality(name)
    state = {**state, "hostname": "dev-9", "config": whole(case.vendor, case.before)}
    return Device(content.DeviceSpec("dev-9", name, 0, state, answers))


def typed(dev: Device, patch: str) -> list[str]:
    """Type the commands; returns the lines that were refused. Saving and committing is confirmed."""
    session = Session(dev, "inspector")
    session.open()
    refused = []
    for raw in patch.splitlines():
        line = raw.strip()
        if not line or line == "save force":
            continue
        before = dev.running.text()
        reply = session.feed(line)
        while session.dialog is not None:
            reply = session.feed("y")
        if re.search(r"^\s*(?:Error|%)", reply.text, re.MULTILINE):
            refused.append(line)
            assert dev.running.text() == before, f"{line!r} was refused, but changed something"
        assert "lab cannot render" not in reply.text
    return refused


def paths(node: Node, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every line with the lines above it; words apart by one blank, small letters (`Loopback1` is `LoopBack1`)."""
    found: set[tuple[str, ...]] = set()
    for kid in node.kids:
        here = (*above, " ".join(kid.line.lower().split()))
        if here[-1] != "#":
            found |= {here} | paths(kid, here)
    return found


def test_every_change_is_made_or_refused(fixtures_dir: Path) -> None:
    same: dict[str, list[str]] = {"huawei": [], "h3c": []}
    wrong = []
    for case in cases(fixtures_dir):
        if not case.patch:
            continue
        dev = device(case)
        # A line of the initial configuration is taken as it stands: only what is new shows what the device knows.
        if typed(dev, case.patch):
            continue
        wanted = paths(parse(whole(case.vendor, case.after)))
        if paths(dev.running) == wanted:
            same[case.vendor].append(case.name)
        else:
            wrong.append((case.name, sorted(paths(dev.running) ^ wanted)))
    assert {v: len(n) for v, n in same.items() if len(n) < SAME_AT_LEAST[v]} == {}, (same, wrong)
    assert {name for name, _ in wrong} == OTHERWISE, wrong


@pytest.mark.parametrize("vendor", PLATFORMS)
def test_both_vendors_are_there(fixtures_dir: Path, vendor: str) -> None:
    assert sum(c.vendor == vendor for c in cases(fixtures_dir)) >= 5
