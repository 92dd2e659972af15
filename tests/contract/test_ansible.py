"""Ansible's side: documentation equals code, roles document their variables, playbooks pass the syntax check."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = sorted((ROOT / "action_plugins").glob("*.py"))
ROLES = sorted(p for p in (ROOT / "roles").iterdir() if p.is_dir())
BIN = Path(sys.prefix) / "bin"


def strings(path: Path) -> dict[str, str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        t.id: n.value.value
        for n in tree.body
        if isinstance(n, ast.Assign) and isinstance(n.value, ast.Constant) and isinstance(n.value.value, str)
        for t in n.targets
        if isinstance(t, ast.Name)
    }


def options(path: Path) -> dict[str, Any]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "OPTIONS" for t in node.targets):
            text = ast.unparse(node.value)
            return dict(eval(text, {"DEVICE_SECONDS": 120.0}))
    raise AssertionError(f"{path} has no OPTIONS")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda p: p.stem)
def test_every_action_is_documented_as_it_is(action: Path) -> None:
    texts = strings(ROOT / "library" / action.name)
    documentation = yaml.safe_load(texts["DOCUMENTATION"])
    assert documentation["module"] == action.stem
    assert yaml.safe_load(texts["EXAMPLES"])
    assert yaml.safe_load(texts["RETURN"])
    documented = {
        name: {k: v for k, v in option.items() if k != "description"}
        for name, option in documentation["options"].items()
    }
    assert documented == options(action)


@pytest.mark.parametrize("role", ROLES, ids=lambda p: p.name)
def test_roles_document_their_variables(role: Path) -> None:
    specs = yaml.safe_load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]
    documented = {name for spec in specs.values() for name in spec.get("options", {})}
    defaults = role / "defaults" / "main.yml"
    declared = yaml.safe_load(defaults.read_text(encoding="utf-8")) if defaults.is_file() else {}
    assert set(declared) <= documented
    for spec in specs.values():
        for name, option in spec.get("options", {}).items():
            if "default" in option and name in declared and "{{" not in str(declared[name]):
                assert declared[name] == option["default"], name


@pytest.mark.parametrize("playbook", sorted((ROOT / "playbooks").glob("*.yml")), ids=lambda p: p.name)
def test_playbooks_pass_the_syntax_check(playbook: Path) -> None:
    done = subprocess.run(
        [BIN / "ansible-playbook", "--syntax-check", "-i", "inventories/lab", playbook],
        cwd=ROOT, env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_ansible_doc_knows_every_action() -> None:
    names = [a.stem for a in ACTIONS]
    done = subprocess.run(
        [BIN / "ansible-doc", "-t", "module", "-M", "library", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(f"MODULE" in done.stdout and name in done.stdout for name in names)  # noqa: F541


def test_no_plugin_kinds_that_are_not_wanted() -> None:
    for name in ("callback_plugins", "strategy_plugins", "collections", "module_utils", "requirements.yml"):
        assert not (ROOT / name).exists()
