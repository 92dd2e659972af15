"""A small pack of our own, made per test, so that the engine is tested without any real platform."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

PACK = """
platform: demo
title: {zh: 演示, en: Demo}
collector: sh
refusals: {unsupported: ['no such command'], denied: ['not allowed']}
redact: ['community (?P<secret>\\S+)']
"""
SECTIONS = """
- name: disks
  title: {zh: 磁盘, en: Disks}
  ask: df
  facts: {mounts: [{mount: str, used: "float?"}], total: int?}
- name: notes
  title: {zh: 记事, en: Notes}
  ask: cat notes
  absent: not_applicable
  facts: {words: [str]}
- name: fire
  title: {zh: 防火, en: Fire}
  ask: show fire
  classes: [firewall]
  facts: {active: bool}
"""
DISKS = '''"""Demo: `mount used` per line."""
from xunwei.parse.text import Unparsed, decimal, numbered


def parse(text):
    mounts = []
    for number, line in numbered(text):
        words = line.split()
        if words[0] == "crash":
            raise KeyError("crash")
        if words[0] == "odd":
            return {"mounts": "odd", "total": 1}
        if len(words) != 2:
            raise Unparsed(f"line {number} is no mount")
        mounts.append({"mount": words[0], "used": None if words[1] == "?" else decimal(words[1]), "_line": number})
    return {"mounts": mounts, "total": len(mounts), "_lines": {"total": 1}}
'''
NOTES = '"""Demo."""\n\n\ndef parse(text):\n    return {"words": text.split()}\n'
FIRE = '"""Demo."""\n\n\ndef parse(text):\n    return {"active": "on" in text}\n'
RULE = """
- id: demo.disks.usage
  title: {zh: 使用率, en: Usage}
  severity: major
  needs: [disks.mounts]
  each: disks.mounts
  key: "{{ item.mount }}"
  limits: {warn: 80, fail: 90}
  good: item.used < limit.warn
  fair: item.used < limit.fail
  measured: "{{ item.mount }} {{ item.used }} %"
  expected: {zh: "低于 {{ limit.warn }}", en: "below {{ limit.warn }}"}
  why: {zh: 原因, en: why}
  remedy: {zh: 处理, en: remedy}
- id: demo.notes.short
  title: {zh: 短, en: Short}
  severity: minor
  needs: [notes.words]
  good: notes.words | length < 3
  measured: "{{ notes.words | length }}"
  expected: {zh: 少, en: few}
  why: {zh: 原因, en: why}
  remedy: {zh: 处理, en: remedy}
- id: demo.fire.active
  title: {zh: 开, en: Active}
  severity: critical
  needs: [fire.active]
  good: fire.active
  measured: "{{ fire.active }}"
  expected: {zh: 开, en: "on"}
  why: {zh: 原因, en: why}
  remedy: {zh: 处理, en: remedy}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A function that writes the demo pack (parts may be replaced) and puts it on the packs path."""

    def make(**files: str) -> Path:
        folder = tmp_path / "packs" / "demo"
        content = {
            "pack.yml": PACK, "sections.yml": SECTIONS, "rules/all.yml": RULE,
            "parse/disks.py": DISKS, "parse/notes.py": NOTES, "parse/fire.py": FIRE,
        } | {name.replace("__", "/").replace("_yml", ".yml").replace("_py", ".py"): text for name, text in files.items()}  # fmt: skip
        for name, text in content.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("XUNWEI_PACKS_PATH", str(tmp_path / "packs"))
        return folder

    return make


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of the test's own."""
    path = tmp_path / "state"
    path.mkdir()
    monkeypatch.setenv("XUNWEI_STATE", str(path))
    return path
