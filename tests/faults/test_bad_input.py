"""Bad input gets one line that names file and place, exit code 4, and never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tool import THIS, Tool

RULE = """
- id: linux.mine.x
  title: {zh: 甲, en: a}
  severity: major
  needs: [identity.colour]
  good: "true"
  measured: x
  expected: {zh: 甲, en: b}
  why: {zh: 甲, en: b}
  remedy: {zh: 甲, en: b}
"""


def refused(done: Any, *words: str, code: int = 4) -> None:
    lines = [line for line in done.stderr.splitlines() if line.startswith("xunwei: ")]
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    for word in words:
        assert word in lines[0], lines[0]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"asset_platform": "vms"}, ["host-1", "unknown platform 'vms'"]),
        ({"asset_class": None}, ["host-1", "asset_class"]),
        ({"inspection_limits": {"linux.no.rule": {"warn": 1}}}, ["host-1", "linux.no.rule"]),
    ],
)
def test_inventory(xunwei: Tool, variables: dict[str, Any], words: list[str]) -> None:
    inventory = xunwei.inventory({"host-1": {**THIS, **variables}})
    refused(xunwei("inspect", "-i", inventory), *words)
    refused(xunwei("assets", "-i", inventory), *words)
    assert not list((xunwei.state / "runs").glob("*"))


def test_broken_inventory_yaml(xunwei: Tool, tmp_path: Path) -> None:
    path = tmp_path / "broken.yml"
    path.write_text("all:\n  hosts:\n   a: {b: [}\n", encoding="utf-8")
    refused(xunwei("inspect", "-i", path), "broken.yml")


def test_no_such_inventory_host_limit_format_lang(xunwei: Tool) -> None:
    inventory = xunwei.inventory({"host-1": THIS})
    refused(xunwei("inspect", "-i", "/no/such"), "/no/such")
    refused(xunwei("inspect", "-i", inventory, "--format", "odt"), "odt", "html")
    refused(xunwei("inspect", "-i", inventory, "--lang", "fr"), "fr")
    refused(xunwei("inspect", "-i", inventory, "--run-id", "../x"), "../x")
    refused(xunwei("inspect", "-i", inventory, "--gate", "loud"), "inspection_gate")
    refused(xunwei("inspect", "-i", inventory, "--limit", "nobody"))
    refused(xunwei("inspect", "-i", inventory, "--colour"), "--colour")
    refused(xunwei("inspect"), "--inventory")


def test_waivers(xunwei: Tool) -> None:
    inventory = xunwei.inventory(
        {"host-1": THIS}, inspection_waivers=[{"rule": "x", "assets": "*", "until": "2026-01-01"}]
    )
    refused(xunwei("inspect", "-i", inventory), "reason")


def test_a_wrong_vault_password(xunwei: Tool, tmp_path: Path) -> None:
    import subprocess
    import sys

    for name, word in (("right", "one"), ("wrong", "two")):
        (tmp_path / name).write_text(word, encoding="utf-8")
    secret = tmp_path / "group_vars" / "all.yml"
    secret.parent.mkdir()
    secret.write_text("ansible_password: Sup3rS3cret\n", encoding="utf-8")
    vault = [
        str(Path(sys.prefix) / "bin" / "ansible-vault"),
        "encrypt",
        "--vault-password-file",
        str(tmp_path / "right"),
        str(secret),
    ]
    subprocess.run(vault, check=True, capture_output=True)
    inventory = xunwei.inventory({"host-1": THIS})
    done = xunwei("inspect", "-i", inventory, "--vault-password-file", tmp_path / "wrong")
    refused(done, "all.yml")
    refused(xunwei("inspect", "-i", inventory), "vault")
    run = xunwei.inspect(inventory, "--vault-password-file", tmp_path / "right", "--skip-tags", "report")
    for path in [*Path(run["folder"]).rglob("*"), *xunwei.state.rglob("*.db")]:
        assert not path.is_file() or b"Sup3rS3cret" not in path.read_bytes(), path


def test_a_rule_that_names_what_does_not_exist(xunwei: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs" / "linux"
    import shutil

    import xunwei as package

    shutil.copytree(Path(package.__file__).parent / "packs" / "linux", folder)
    (folder / "rules" / "mine.yml").write_text(RULE, encoding="utf-8")
    monkeypatch.setenv("XUNWEI_PACKS_PATH", str(tmp_path / "packs"))
    refused(xunwei("inspect", "-i", xunwei.inventory({"host-1": THIS})), "mine.yml", "linux.mine.x", "identity.colour")
    (folder / "rules" / "mine.yml").write_text("- id: [", encoding="utf-8")
    refused(xunwei("rules"), "mine.yml:")


def test_other_commands(xunwei: Tool, tmp_path: Path) -> None:
    refused(xunwei("parse", "vms", "x"), "vms")
    refused(xunwei("parse", "linux", "nothing"), "nothing")
    refused(xunwei("parse", "linux", "load", "/no/such"), "/no/such")
    refused(xunwei("verify", "no-such-run"), "no-such-run")
    refused(xunwei("report", tmp_path), "not a run folder")
    refused(xunwei("evaluate", "last"), "no finished run")
    refused(xunwei("findings", "--severity", "loud"), "loud")
    refused(xunwei("rules", "--platform", "vms"), "vms")
    refused(xunwei("lab", "fault", "sw-core-1", "fan_failed"))
    refused(xunwei("nothing"), "nothing")
