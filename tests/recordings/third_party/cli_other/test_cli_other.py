"""Recordings of devices of many makers that none of us made: IOS-XE is read right, everything else is refused by every pack.

Sessions of oxidized (Cisco, Fortinet, H3C, Juniper), Cisco ASA and ZTE dialogues of NOC, Linux answers of ntc-templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from xunwei import pack as packs
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

WALKS = ["cli/oxidized/*", "cli/cisco_asa/*", "cli/zte_zxr10/*", "cli/linux/*"]
PLATFORMS = ("cisco_ios", "ruijie_rgos", "frr", "linux", "huawei_vrp", "hp_comware")
DECISIVE = (Verdict.PASS, Verdict.FAIL, Verdict.WARN)
# What each maker's answers may be read by; the H3C session has a walker of its own.
OWN = {"ios": "cisco_ios", "h3c": "hp_comware"}
# What a reader may see in the two sessions, read by eye.
SEEN = {
    "C9200L-24P-4G_17.09.04a": {
        "version": {
            "software": "17.09.04a",
            "family": "ios_xe",
            "model": "C9200L-24P-4G",
            "serial": "JAE24FFFFFF",
            "uptime_seconds": ((44 * 7 + 4) * 24 + 1) * 3600 + 16 * 60,
            "restart_reason": "Reload Command",
            "register": "0x102",
        },
        "inventory": {"model": "C9200L-24P-4G", "serial": "JAE24FFFFFF"},
        "configuration": {
            "hostname": "LAB-SW123_9200L",
            "aaa": True,
            "http": False,
            "https": False,
            "snmp_default": 1,
            "snmp_write": 1,
            "snmp_no_acl": 0,
            "ntp_servers": [],
            "loghosts": [],
            "telnet": None,
            "timezone": "CET 1 0",
            "bpdu_guard": True,
        },
    },
    "C9800-L-F-K9_17.06.05": {
        "version": {
            "software": "17.06.05",
            "family": "ios_xe",
            "model": "C9800-L-F-K9",
            "serial": "FCL2XXXXXXX",
            "uptime_seconds": ((25 * 7 + 5) * 24 + 22) * 3600 + 52 * 60,
            "register": "0x2102",
        },
        "inventory": {"model": "C9800-L-F-K9", "serial": "FCL2XXXXXXX"},
    },
}


def plain(text: str) -> str:
    """A text of a simulation file as the device sent it: quotes, blanks and returns are escaped there."""
    text = re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)
    return text.replace('\\"', '"').replace("\\t", "\t").replace("\\r", "").replace("\r", "")


def session(path: Path) -> Iterator[tuple[str, str]]:
    """(command, answer without echo and prompt) of one session of oxidized."""
    data = yaml.safe_load(path.read_text(encoding="utf-8", errors="surrogateescape"))
    prompt = plain(str(data["init_prompt"])).rstrip().splitlines()[-1].strip()
    commands = data["commands"]
    pairs = commands.items() if isinstance(commands, dict) else [p for one in commands for p in one.items()]
    for command, answer in pairs:
        lines = plain(str(answer)).splitlines()
        if lines and lines[0].strip() == str(command).strip():
            lines = lines[1:]
        if lines and lines[-1].strip() == prompt:
            lines = lines[:-1]
        yield str(command).strip(), "\n".join(lines) + "\n"


def everything(root: Path) -> Iterator[tuple[str, str, str]]:
    """(maker, name, text) of every answer and every file of this walker."""
    for path in sorted(p for pattern in WALKS for p in root.glob(f"{pattern.removesuffix('/*')}/**/*") if p.is_file()):
        relative = path.relative_to(root / "cli")
        maker = path.name.split("__")[0] if relative.parts[0] == "oxidized" else relative.parts[0]
        raw = path.read_text(encoding="utf-8", errors="surrogateescape")
        yield maker, str(relative), raw
        if path.name.endswith("__simulation.yaml"):
            yield from ((maker, f"{relative}: {command}", text) for command, text in session(path))
        elif path.suffix == ".json":
            yield from ((maker, f"{relative}: {ask}", str(a)) for ask, a in json.loads(raw)["cli"].items())


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_foreign_is_ever_healthy(fixtures_dir: Path, platform: str) -> None:
    pack = packs.load(platform)
    compiled = compile_rules(pack)
    rules = {s: [r for r in compiled if r.rule.section == s] for s in pack.sections}
    asset = Asset("a", platform, "network")
    walked, taken = 0, []
    unread: dict[tuple[str, Status], str] = {}
    for maker, name, text in everything(fixtures_dir):
        walked += 1
        for section in pack.sections:
            parsed = parse(pack, section, text)
            assert not parsed.reason.startswith(("parser failed", "parser returned")), (section, name, parsed.reason)
            if parsed.status is Status.COLLECTED and OWN.get(maker) != platform:
                taken.append(f"{section} took {name}: {str(parsed.facts)[:100]}")
            elif parsed.status is not Status.COLLECTED:
                unread.setdefault((section, parsed.status), name)
    assert walked > 55
    assert taken == []
    for (section, status), name in unread.items():
        judged = judge(asset, {section: SectionView(status, None, "not read")}, rules[section], 0.0)
        assert not [j for j in judged if j.verdict in DECISIVE], (section, name)


@pytest.mark.parametrize("device", SEEN)
def test_ios_xe_is_read_as_a_person_reads_it(fixtures_dir: Path, device: str) -> None:
    pack = packs.load("cisco_ios")
    answers = dict(session(fixtures_dir / "cli" / "oxidized" / f"ios__{device}__simulation.yaml"))
    asked = {section.ask: name for name, section in pack.sections.items()}
    read = {asked[c]: parse(pack, asked[c], text) for c, text in answers.items() if c in asked}
    assert {n for n, p in read.items() if p.status is Status.COLLECTED} >= {"version", "inventory", "configuration"}
    for section, wanted in SEEN[device].items():
        facts = read[section].facts or {}
        assert {k: facts.get(k) for k in wanted} == wanted
    # every part has a name, and no serial number is a placeholder
    assert all(p["name"] and p["serial"] != "N/A" for p in (read["inventory"].facts or {})["parts"])


def test_secrets_of_the_recorded_configurations_are_cut_out(fixtures_dir: Path) -> None:
    pack = packs.load("cisco_ios")
    redactor = Redactor(b"test", pack.redact)
    for path in sorted((fixtures_dir / "cli" / "oxidized").glob("ios__*__simulation.yaml")):
        raw = dict(session(path))["show running-config"]
        clean = redactor.clean(raw)
        secrets = re.findall(r"(?:SECRET_\w+|\bAAAA+B+\b)", raw)
        assert not [s for s in secrets if s in clean], path.name
        before, after = (parse(pack, "configuration", text).facts for text in (raw, clean))
        assert before is not None
        assert after is not None
        assert {k: v for k, v in before.items() if k != "digest"} == {k: v for k, v in after.items() if k != "digest"}


def test_ios_answers_say_nothing_to_other_packs_when_cut(fixtures_dir: Path) -> None:
    """Half an answer is never facts: a version without its end, half an inventory, half a configuration."""
    pack = packs.load("cisco_ios")
    for path in sorted((fixtures_dir / "cli" / "oxidized").glob("ios__*__simulation.yaml")):
        answers = dict(session(path))
        for command, section in (("show version", "version"), ("show running-config", "configuration")):
            for part in (0.2, 0.5, 0.8):
                text = answers[command][: int(len(answers[command]) * part)]
                assert parse(pack, section, text).status is not Status.COLLECTED, (path.name, section, part)
