"""Planted secrets are in no file that a run leaves, in no log, and not on the screen with -vvv either."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tool import THIS, Tool, host_of
from xunwei.lab import content
from xunwei.lab.harness import Lab

PLANTED = {
    "sw-access-1": [
        "snmp-agent community read Pl4ntedReadComm", "snmp-agent community write cipher Pl4ntedWriteComm",
        "ntp-service authentication-keyid 7 authentication-mode md5 cipher Pl4ntedNtpKey",
        "radius-server shared-key cipher Pl4ntedRadius", "local-user old password simple Pl4ntedSimple",
    ],
    "sw-dc-1": ["snmp-agent community read simple Pl4ntedH3cComm", "local-user old", " password simple Pl4ntedH3cPass"],
}  # fmt: skip
COMMAND = [
    "-c",
    "import time; time.sleep(90)",
    "--password",
    "Pl4ntedArgument",
    "redis://u:Pl4ntedUrl@h",
    "--requirepass=Pl4ntedRedis",
]
CIPHERS = re.compile(r"(?:cipher|hash|irreversible-cipher) (\S{12,})")


def personality_config(name: str) -> str:
    data = yaml.safe_load((content.PERSONALITIES / name / "device.yml").read_text(encoding="utf-8"))
    return str(data["config"])


@pytest.fixture
def planted_lab() -> Iterator[Lab]:
    state = {}
    for device, personality in (("sw-access-1", "vrp5"), ("sw-dc-1", "comware7")):
        text = personality_config(personality)
        lines = "\n".join(["#", *PLANTED[device], "#"])
        head, mark, tail = text.rpartition("\nreturn")
        state[device] = {"config": f"{head}\n{lines}{mark}{tail}" if mark else f"{text}\n{lines}\n"}
    with Lab(["sw-core-1", "sw-access-1", "sw-dc-1", "fw-edge-1", "bmc-app-1"], state=state) as running:
        yield running


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        yield str(path), path.read_bytes()
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    yield f"{path}!{name}", packed.read(name)


def test_planted_secrets_are_nowhere(planted_lab: Lab, xunwei: Tool, tmp_path: Path) -> None:
    names = list(planted_lab.devices)
    secrets = {w for words in PLANTED.values() for line in words for w in line.split() if w.startswith("Pl4nted")}
    secrets |= {"Pl4ntedArgument", "Pl4ntedUrl", "Pl4ntedRedis", planted_lab.password}
    for personality in ("vrp5", "vrp8", "usg", "comware7"):
        secrets |= set(CIPHERS.findall(personality_config(personality)))
    assert len(secrets) > 12
    inventory = xunwei.inventory({**{n: host_of(planted_lab, n) for n in names}, "this-machine": THIS})
    process = subprocess.Popen([sys.executable, *COMMAND])
    try:
        done = xunwei("inspect", "-i", inventory, "-vvv")
    finally:
        process.kill()
        process.wait()
    assert done.returncode == 0, done.stderr
    configuration = (next((xunwei.state / "runs").iterdir()) / "assets/sw-access-1/raw/configuration.txt").read_text(
        encoding="utf-8"
    )
    assert "snmp-agent community" in configuration
    assert configuration.count("<secret:") >= 5
    places = [("screen", (done.stdout + done.stderr).encode()), *everything(xunwei.state)]
    assert len(places) > 100
    found = [(place, secret) for place, data in places for secret in secrets if secret.encode() in data]
    assert found == []
