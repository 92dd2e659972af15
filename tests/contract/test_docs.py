"""Documents say what is: counts, commands, files that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from xunwei import pack as packs

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_and_paths_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_the_platform_table_counts_right() -> None:
    table = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    for platform in packs.platforms():
        pack = packs.load(platform)
        row = next(line for line in table.splitlines() if line.startswith(f"| `{platform}`"))
        assert f"| {len(pack.sections)} | {len(pack.rules())} |" in row


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readme_begins_with_the_two_commands_that_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    first = [line.strip() for line in text.splitlines() if line.startswith("    ")][:2]
    assert [line.split("#")[0].strip() for line in first] == ["make inspect", "make test"]
    help_text = subprocess.run(
        [Path(sys.prefix) / "bin" / "xunwei", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in set(re.findall(r"`xunwei ([a-z]+)", text)):
        assert re.search(rf"^\s+{command}\s", help_text, re.MULTILINE), command


def test_the_floors_of_the_packs() -> None:
    floors = {
        "linux": (45, 60),
        "huawei_vrp": (20, 30),
        "hp_comware": (20, 30),
        "redfish": (7, 20),
        "postgresql": (10, 15),
    }
    for platform, (sections, rules) in floors.items():
        pack = packs.load(platform)
        assert len(pack.sections) >= sections
        assert len(pack.rules()) >= rules


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
