"""The lab as a background process: start, status, faults, stop, and everything that can be wrong with them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xunwei.errors import InputError, RefusedError
from xunwei.lab import control

CONTENT = Path(__file__).parent / "content"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A state directory whose lab, if any, is ended with the test. Long, so that socket addresses are tried."""
    folder = tmp_path / ("long-" + "x" * 90)
    folder.mkdir()
    yield folder
    if control.status(folder)["running"]:
        control.stop(folder)


def begin(home: Path, base: int | None = 0, **more: Any) -> dict[str, Any]:
    return control.start(home, base, definition=CONTENT / "lab.yml", personalities=CONTENT, **more)


def test_life_of_a_lab(home: Path, ssh: Any) -> None:
    started = begin(home)
    assert set(started["ports"]) == {"sw-5", "sw-8", "fw-1", "sw-cw"}
    state = control.status(home)
    assert state["running"] is True
    assert state["pid"] == started["pid"] != os.getpid()
    assert state["devices"]["sw-5"]["port"] == started["ports"]["sw-5"]
    lines = Path(started["known_hosts"]).read_text().splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(f"[127.0.0.1]:{p}" for p in started["ports"].values())
    control.fault(home, "sw-5", "fan_failed", "FAN2")
    assert control.status(home)["devices"]["sw-5"]["faults"] == {"fan_failed": "FAN2"}
    assert control.request(home, op="state", device="sw-5")["fans"][1]["state"] == "Abnormal"
    control.fault(home, "sw-5", "fan_failed", "off")
    assert control.status(home)["devices"]["sw-5"]["faults"] == {}
    for device, name, value in (("none", "hang", True), ("sw-5", "none", True), ("sw-5", "slow", "x")):
        with pytest.raises(InputError) as caught:
            control.fault(home, device, name, value)
        assert "\n" not in str(caught.value)
    with pytest.raises(RefusedError, match=f"already running \\(process {started['pid']}\\)"):
        begin(home)
    assert control.stop(home) == {"pid": started["pid"]}
    assert control.status(home) == {"running": False, "pid": None, "devices": {}}
    assert sorted(p.name for p in (home / "lab").iterdir() if p.suffix not in (".pub",)) == sorted(
        [
            "devices.json",
            "host_fw-1",
            "host_sw-5",
            "host_sw-8",
            "host_sw-cw",
            "id_ed25519",
            "known_hosts",
            "lock",
            "log",
        ]
    )
    assert (home / "lab" / "log").read_text() == ""
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", started["ports"]["sw-5"]), timeout=5)


def test_fixed_ports_and_a_port_in_use(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} "):
            begin(home, port - 3)  # fw-1 has offset 3
    assert control.status(home)["running"] is False
    assert not (home / "lab" / "pid").exists()


def test_base_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XUNWEI_LAB_BASE", raising=False)
    assert control.base_port() == 22200
    monkeypatch.setenv("XUNWEI_LAB_BASE", "43000")
    assert control.base_port() == 43000
    assert control.base_port(0) == 0
    for bad in ("eighty", "80", "-1", "70000"):
        monkeypatch.setenv("XUNWEI_LAB_BASE", bad)
        with pytest.raises(InputError, match="base port"):
            control.base_port()


def test_not_running(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="not running"):
        control.stop(tmp_path)
    with pytest.raises(RefusedError, match="not running"):
        control.fault(tmp_path, "sw-5", "hang")


def test_a_stale_pid_file_harms_nobody(home: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (home / "lab").mkdir()
        (home / "lab" / "pid").write_text(f"{bystander.pid}\n")
        assert control.status(home)["running"] is False
        with pytest.raises(RefusedError, match="not running"):
            control.stop(home)
        assert bystander.poll() is None
        (home / "lab" / "pid").write_text(f"{bystander.pid}\n")
        assert begin(home)["pid"] != bystander.pid
    finally:
        bystander.kill()
        bystander.wait()


def test_ends_by_itself(home: Path) -> None:
    begin(home, hours=2 / 3600)
    deadline = time.monotonic() + 10
    while control.status(home)["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert not (home / "lab" / "pid").exists()


def test_ends_on_request(home: Path) -> None:
    begin(home)
    control.request(home, op="stop")
    _gone(home)


def test_killed_hard_can_start_again(home: Path) -> None:
    os.kill(begin(home)["pid"], signal.SIGKILL)
    _gone(home)
    assert begin(home)["pid"]


def _gone(home: Path) -> None:
    deadline = time.monotonic() + 10
    while control.status(home)["running"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_bad_requests_do_not_end_the_control_socket(home: Path) -> None:
    begin(home)
    from xunwei.lab.lockfile import short_path

    with socket.socket(socket.AF_UNIX) as channel, short_path(home / "lab", "control.sock") as path:
        channel.settimeout(5)
        channel.connect(path)
        for line in (b"nonsense\n", b"[]\n", b'{"op": "none"}\n', b"\xff\xfe\n", b'{"op": "state", "device": "x"}\n'):
            channel.sendall(line)
            assert b'"ok": false' in channel.recv(4096)
    assert control.status(home)["running"] is True
    assert (home / "lab" / "control.sock").stat().st_mode & 0o077 == 0


def test_a_broken_lab_says_why(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("devices: [{name: a, personality: nothing}]")
    with pytest.raises(InputError, match="no personality 'nothing'") as caught:
        control.start(home, 0, definition=broken)
    assert "\n" not in str(caught.value)
