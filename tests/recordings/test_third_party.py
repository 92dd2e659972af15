"""Recordings that none of us made: every one goes to every parser. Nothing crashes, nothing foreign is taken for facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

OWN = {"huawei_vrp": "huawei_vrp", "hp_comware": "hp_comware", "h3c_vrp": "hp_comware", "linux": "linux"}
PLATFORMS = ("linux", "huawei_vrp", "hp_comware", "postgresql", "redfish")
# VRP and Comware grew from one root: some answers are the same on both, and mean the same.
KIN = {"huawei_vrp", "hp_comware", "h3c_vrp"}


def texts(folder: Path) -> list[tuple[str, str, str]]:
    """(vendor folder, name, text) of every recorded answer: files as they are, dialogues one by one."""
    found = []
    for path in sorted(folder.rglob("*")):
        vendor = path.relative_to(folder).parts[0]
        if not path.is_file() or path.suffix in (".yml", ".yaml", ".md", ".tsv"):
            continue
        raw = path.read_text(encoding="utf-8", errors="surrogateescape")
        name = str(path.relative_to(folder))
        if path.suffix == ".json" and isinstance(data := json.loads(raw), dict) and isinstance(data.get("input"), dict):
            found += [(vendor, f"{name}: {ask}", str(answer)) for ask, answer in data["input"].items()]
        found.append((vendor, name, raw))
    return found


def test_every_recording_through_every_parser(fixtures_dir: Path) -> None:
    everything = texts(fixtures_dir / "cli")
    assert len(everything) > 150
    crashed, foreign, own = [], [], 0
    for platform in PLATFORMS:
        pack = packs.load(platform)
        for vendor, name, text in everything:
            for section in pack.sections:
                parsed = parse(pack, section, text)
                if parsed.reason.startswith(("parser failed", "parser returned")):
                    crashed.append(f"{platform}.{section} on {name}: {parsed.reason}")
                if parsed.status is not Status.COLLECTED:
                    assert parsed.facts is None
                elif OWN.get(vendor) == platform:
                    own += 1
                elif not (platform in KIN and vendor in KIN):
                    foreign.append(f"{platform}.{section} took {name} for facts: {str(parsed.facts)[:120]}")
    assert crashed == []
    assert own > 60
    assert foreign == [], f"{len(foreign)}\n" + "\n".join(foreign[:40])


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "text",
    [
        "Error: Unrecognized command found at '^' position.\n",
        " % Unrecognized command found at '^' position.\n",
        "bash: command not found\n",
        "Connection closed by foreign host.\n",
        "<html><body>502 Bad Gateway</body></html>\n",
        "\x00\x01\x02\ufffd\udcff\n" * 20,
        "OK\n",
        "{}\n",
        "[]\n",
        "null\n",
        "normal\n" * 50,
        "---- More ----\n",
        "%" * 4000 + "\n",
    ],
)
def test_rubbish_is_never_healthy(platform: str, text: str) -> None:
    pack = packs.load(platform)
    taken = {}
    for section in pack.sections:
        parsed = parse(pack, section, text)
        assert not parsed.reason.startswith(("parser failed", "parser returned")), (section, parsed.reason)
        if parsed.status is Status.COLLECTED:
            taken[section] = parsed.facts
    assert taken == {}
