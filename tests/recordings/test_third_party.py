"""Recordings that none of us made: every one goes to every parser. Nothing crashes, nothing foreign is taken for facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

OWN = {"huawei_vrp": "huawei_vrp", "hp_comware": "hp_comware", "h3c_vrp": "hp_comware", "linux": "linux"}
PLATFORMS = tuple(packs.platforms())
BIGGEST = 200_000  # characters; bigger ones are walked by the tests of their kind
# VRP and Comware grew from one root: some answers are the same on both, and mean the same.
LEAST = {"huawei_vrp": 40, "hp_comware": 20}
KIN = {"huawei_vrp", "hp_comware", "h3c_vrp"}

# An empty list is how these programs say in JSON that there is nothing.
EMPTY = ("[]", "{}")
SAY_IT_EMPTY = {"frr", "ceph", "rabbitmq"}


def related(platform: str, vendor: str, name: str) -> bool:
    """Whether a pack may read this recording: the same system, one that speaks the same, or one asked the same way.

    What it must read out of it then is the business of the walkers in third_party/.
    """
    if name.endswith(".snmpwalk"):
        return platform in ("snmp_device", "ibmc_snmp", "oceanstor_snmp", "av_terminal")
    if platform in SAY_IT_EMPTY and name.endswith("expected_result.json"):
        return True  # nothing but `[]`
    return (platform in KIN and vendor in KIN) or (platform == "cisco_ios" and name.startswith("oxidized/ios__"))


def texts(folder: Path) -> list[tuple[str, str, str]]:
    """(vendor folder, name, text) of every recorded answer: files as they are, dialogues one by one."""
    found = []
    for path in sorted(folder.rglob("*")):
        vendor = path.relative_to(folder).parts[0]
        if not path.is_file() or path.suffix in (".yml", ".yaml", ".md", ".tsv"):
            continue
        raw = path.read_text(encoding="utf-8", errors="surrogateescape")
        name = str(path.relative_to(folder))
        if path.suffix == ".json" and isinstance(data := json.loads(raw), dict):
            dialogue = data.get("cli") or data.get("input")
            if isinstance(dialogue, dict):
                found += [(vendor, f"{name}: {ask}", str(answer)) for ask, answer in dialogue.items()]
        found.append((vendor, name, raw))
    return found


@pytest.fixture(scope="module")
def recorded(fixtures_dir: Path) -> list[tuple[str, str, str]]:
    """Everything that is text and not too big; dialogues answer by answer, a recording only once."""
    everything = [t for kind in ("cli", "redfish", "snmp", "storage", "backup", "virtualization", "patch")
                  for t in texts(fixtures_dir / kind)]  # fmt: skip
    seen: set[str] = set()
    once = [t for t in everything if len(t[2]) <= BIGGEST and not (t[2] in seen or seen.add(t[2]))]  # type: ignore[func-returns-value]
    assert len(once) > 600
    return once


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_recording_through_every_parser(recorded: list[tuple[str, str, str]], platform: str) -> None:
    pack = packs.load(platform)
    crashed, foreign, own = [], [], 0
    for vendor, name, text in recorded:
        for section in pack.sections:
            parsed = parse(pack, section, text)
            if parsed.reason.startswith(("parser failed", "parser returned")):
                crashed.append(f"{section} on {name}: {parsed.reason}")
            if parsed.status is not Status.COLLECTED:
                assert parsed.facts is None
            elif OWN.get(vendor) == platform:
                own += 1
            elif not (related(platform, vendor, name) or text.strip() in EMPTY):
                foreign.append(f"{section} took {name} for facts: {str(parsed.facts)[:120]}")
    assert crashed == []
    assert own > LEAST.get(platform, -1)
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
    if text.strip() in EMPTY and platform in SAY_IT_EMPTY:
        taken = {k: v for k, v in taken.items() if any(v.values())}
    assert taken == {}
