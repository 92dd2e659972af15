"""Points of the parsers that recordings do not show well: version order, time windows, offsets, list syntax."""

from __future__ import annotations

from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.packs.linux.debian_version import compare
from xunwei.parse import Unparsed


def parse(section: str, *lines: str) -> dict[str, Any]:
    return packs.load("linux").parser(section)("\n".join([*lines, "== end", ""]))


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("1.0~rc1", "1.0"),
        ("1.0", "1.0-1"),
        ("1.0-1", "1.0-1+deb12u1"),
        ("1.0-1~bpo12+1", "1.0-1"),
        ("9:1.0", "10:0.1"),
        ("1.9", "1.10"),
        ("1.0a", "1.0+"),
        ("2.36-9+deb12u7", "2.36-9+deb12u14"),
        ("0.13.0-1", "1:0.1-1"),
        ("1.0~~", "1.0~"),
        ("1.2-3.4", "1.2-3.10"),
    ],
)
def test_debian_order(older: str, newer: str) -> None:
    """Pairs checked with dpkg --compare-versions."""
    assert compare(older, newer) == -1
    assert compare(newer, older) == 1
    assert compare(older, older) == 0


def test_equal_debian_versions() -> None:
    assert compare("1.0", "0:1.0-0") == 0
    assert compare("1.01", "1.1") == 0


def tracking(system: str, leap: str = "Normal") -> dict[str, Any]:
    return parse(
        "time_sync",
        "== clock",
        "1795564805",
        "== zone",
        "== chrony_tracking",
        "Reference ID    : C0000214 (192.0.2.20)",
        "Stratum         : 3",
        f"System time     : {system}",
        f"Leap status     : {leap}",
        "== chrony_sources",
    )


def test_offset_sign() -> None:
    assert tracking("0.250000000 seconds slow of NTP time")["offset_ms"] == -250
    assert tracking("0.250000000 seconds fast of NTP time")["offset_ms"] == 250


def test_offset_is_null_without_synchronisation() -> None:
    found = tracking("0.000000000 seconds fast of NTP time", "Not synchronised")
    assert found["synchronised"] is False
    assert found["offset_ms"] is None


@pytest.mark.parametrize(
    ("word", "ms"), [("-2.314ms", 2.314), ("+812us", -0.812), ("+1min 2.5s", -62500), ("3s", -3000)]
)
def test_timesyncd_offset(word: str, ms: float) -> None:
    found = parse(
        "time_sync", "== clock", "1", "== zone", "== timedatectl", "System clock synchronized: yes",
        "== timesync_status", "       Server: 192.0.2.20", f"       Offset: {word}",
    )  # fmt: skip
    assert found["offset_ms"] == pytest.approx(ms)


def test_old_kernel_messages_do_not_count() -> None:
    found = parse(
        "kernel_log", "== window", "since=1795000000", "boot=1790000000", "limit=400", "== dmesg",
        "[    10.000000] blk_update_request: I/O error, dev sda, sector 1",
        "[5000100.000000] blk_update_request: I/O error, dev sdb, sector 1",
    )  # fmt: skip
    assert found["counts"]["io_error"] == 1
    assert found["total"] == 1


def test_old_failed_logins_do_not_count() -> None:
    found = parse(
        "failed_logins", "== window", "since=1795000000", "limit=2000", "== lastb",
        "9 2026-11-17 192.0.2.9 root", "2 2026-11-18 192.0.2.9 root", "lines=11",
    )  # fmt: skip
    assert found["total"] == 2


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["weekly", "rotate 26", "/var/log/messages {", "}"], 182),
        (["weekly", "rotate 26", "/var/log/messages { daily", "rotate 7", "}"], 7),
        (["monthly", "rotate 12", "/var/log/syslog", "/var/log/secure", "{", "maxage 30", "}"], 30),
        (["weekly", "rotate 4", "/var/log/wtmp {", "rotate 1", "}", "/var/log/messages {", "}"], 28),
        (["weekly", "/var/log/messages {", "}"], None),
        (["daily", "rotate -1", "/var/log/messages {", "}"], 1000000),
        (["size 10M", "rotate 26", "weekly", "/var/log/messages {", "}"], None),
        (["weekly", "rotate 26", "/var/log/nginx/*.log {", "}"], 0),
    ],
)
def test_days_of_rotation(lines: list[str], days: int | None) -> None:
    found = parse(
        "log_retention", "== logrotate", "# /etc/logrotate.conf", *lines, "== journald", "== present",
        "== installed", "== files",
    )  # fmt: skip
    assert found["rotate_days"] == days


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("ops ALL=(ALL) NOPASSWD: ALL", (True, True, True)),
        ("ops ALL=(ALL) NOPASSWD: /bin/ls, PASSWD: ALL", (True, True, False)),
        ("ops ALL=(ALL) NOPASSWD: /bin/ls, /bin/cat", (True, False, False)),
        ("ops ALL=(a,b : c,d) NOEXEC: NOPASSWD: ALL", (True, True, True)),
        (r"%domain\ users ALL=(ALL) ALL", (False, True, False)),
        ("ops A=(ALL) /bin/ls : B=(ALL) NOPASSWD: ALL", (True, True, True)),
    ],
)
def test_sudoers_flags(line: str, flags: tuple[bool, bool, bool]) -> None:
    [entry] = parse("sudoers", "== file /etc/sudoers", line)["entries"]
    assert (entry["nopasswd"], entry["all"], entry["nopasswd_all"]) == flags


@pytest.mark.parametrize(
    ("arguments", "minlen", "classes"),
    [
        ("retry=3", 8, 0),
        ("minlen=12 minclass=4", 12, 4),
        ("minlen=10 dcredit=-1 ucredit=-1 lcredit=-1 ocredit=-1", 10, 4),
        ("minlen=10 dcredit=2 ocredit=1", 7, 0),
    ],
)
def test_quality_of_passwords(arguments: str, minlen: int, classes: int) -> None:
    found = parse(
        "password_policy", "== login_defs", "== pwquality", "== pwhistory", "== pam",
        f"common-password: password requisite pam_pwquality.so {arguments}", "== pam_files",
        "/etc/pam.d/common-password",
    )  # fmt: skip
    assert (found["minlen"], found["classes"]) == (minlen, classes)


def test_running_kernel_is_compared_by_numbers() -> None:
    found = parse(
        "reboot_needed", "== state", "running=5.10.0-9-amd64", "boot=1", "== packages", "== kernels",
        "5.10.0-9-amd64", "5.10.0-10-amd64", "== core",
    )  # fmt: skip
    assert found["newest"] == "5.10.0-10-amd64"
    assert found["needed"] is True


def test_failed_command_is_not_an_empty_answer() -> None:
    with pytest.raises(Unparsed, match="Connection timed out"):
        parse("failed_units", "== failed", "! systemctl: Connection timed out", "! exit 1")
