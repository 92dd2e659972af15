"""Whatever a host answers: facts of the declared shape or Unparsed, never another exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse import Unparsed

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "linux"
SECTIONS = [
    "time_sync",
    "failed_units",
    "enabled_services",
    "timers",
    "cron",
    "kernel_log",
    "journal_errors",
    "oom_kills",
    "logins",
    "failed_logins",
    "audit_state",
    "log_forwarding",
    "log_retention",
    "accounts",
    "password_state",
    "groups",
    "sudoers",
    "sshd_config",
    "ssh_keys",
    "password_policy",
    "pam_lock",
    "shell_timeout",
    "umask",
    "selinux_apparmor",
    "firewall",
    "sysctl",
    "remote_services",
    "usb_storage",
    "core_dumps",
    "banner",
    "suid_files",
    "world_writable",
    "file_permissions",
    "packages",
    "updates",
    "held_packages",
    "reboot_needed",
    "certificates",
    "antivirus",
]
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.sampled_from(
    [
        "",
        "?",
        "-1",
        "99999999999999999999",
        "0x1f",
        "n/a",
        "…",
        "== end",
        "== file",
        "! exit 1",
        "\t",
        " ",
        ":",
        "=",
        "\x00",
        "１２",
        "a" * 300,
        "(",
        "%",
        "2026-13-45T99:99:99+0800",
        "Feb 30 25:61:61 0000",
        "９",
    ]
)


def recordings(section: str) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted((RECORDINGS / section).glob("*/in.txt"))]


def check(section: str, text: str) -> None:
    pack = packs.load("linux")
    try:
        facts = pack.parser(section)(text)
    except Unparsed:
        return
    assert pack.section(section).answered.problem(facts) is None


@pytest.mark.parametrize("section", SECTIONS)
@CALM
@given(text=st.text(max_size=400))
def test_any_text(section: str, text: str) -> None:
    check(section, text)


@pytest.mark.parametrize("section", SECTIONS)
@CALM
@given(data=st.data())
def test_mutated_recordings(section: str, data: st.DataObject) -> None:
    """A word replaced, a line lost or doubled, a character changed: in a real answer."""
    lines = data.draw(st.sampled_from(recordings(section))).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["word", "drop", "double", "character", "swap"]))
        if how == "word":
            words = lines[index].split(" ")
            words[data.draw(st.integers(0, len(words) - 1))] = data.draw(WORDS)
            lines[index] = " ".join(words)
        elif how == "drop" and len(lines) > 1:
            del lines[index]
        elif how == "double":
            lines.insert(index, lines[index])
        elif how == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[index], lines[other] = lines[other], lines[index]
        elif lines[index]:
            at = data.draw(st.integers(0, len(lines[index]) - 1))
            lines[index] = lines[index][:at] + data.draw(st.characters()) + lines[index][at + 1 :]
    check(section, "\n".join(lines))


@pytest.mark.parametrize("section", SECTIONS)
def test_cut_answers_are_not_understood(section: str) -> None:
    """An answer that stops anywhere before its last part must not look complete."""
    parse = packs.load("linux").parser(section)
    for text in recordings(section):
        body = text.removesuffix("== end\n")
        for length in range(0, len(body), max(1, len(body) // 40)):
            with pytest.raises(Unparsed):
                parse(body[:length])


@pytest.mark.parametrize("section", SECTIONS)
def test_enough_recordings(section: str) -> None:
    assert len(recordings(section)) >= 2
