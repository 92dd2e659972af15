"""Killed, stopped, out of time, out of disk: nothing half-written is evidence, nothing keeps running, the next run works."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tool import THIS, Tool

SLOW = {**THIS, "asset_platform": "slow"}


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform whose only section takes 30 s and leaves a trace of its processes."""
    folder = tmp_path / "packs" / "slow"
    for name, text in {
        "pack.yml": "platform: slow\ntitle: {zh: 慢, en: Slow}\ncollector: sh\n",
        "sections.yml": "- {name: nap, title: {zh: 睡, en: Nap}, ask: sleep, timeout: 60, facts: {text: str}}\n",
        "collect.sh": "s_nap() { sleep 31.4159; echo done; }\n",
        "parse/nap.py": '"""Nap."""\n\n\ndef parse(text):\n    return {"text": text}\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("XUNWEI_PACKS_PATH", str(tmp_path / "packs"))


def of_state(state: Path) -> list[int]:
    """Processes that carry this state directory in their environment: everything the tool started."""
    needle = f"XUNWEI_STATE={state}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if needle in path.read_bytes().split(b"\0"):
                found.append(int(path.parts[2]))
        except OSError:
            continue
    return found


def wait_for(what: Any, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def asking(state: Path) -> bool:
    """Whether the run has come to the point where the host is being asked."""
    for pid in of_state(state):
        try:
            if b"31.4159" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_that_was_started(xunwei: Tool, slow: None, number: signal.Signals) -> None:
    process = xunwei.start("inspect", "-i", xunwei.inventory({"host": SLOW}))
    wait_for(lambda: asking(xunwei.state))
    process.send_signal(number)
    _, err = process.communicate(timeout=25)
    assert process.returncode == 130, err
    assert number.name in err
    assert "Traceback" not in err
    wait_for(lambda: not of_state(xunwei.state), 3)
    [run] = json.loads(xunwei("runs", "--json").stdout)
    assert run["state"] == "broken"
    assert not list(xunwei.state.glob("runner-*"))


def test_the_time_limit_ends_everything(xunwei: Tool, slow: None) -> None:
    done = xunwei("inspect", "-i", xunwei.inventory({"host": SLOW}), "--timeout", "3")
    assert done.returncode == 130, done.stderr
    assert "timeout" in done.stderr
    wait_for(lambda: not of_state(xunwei.state), 3)


@pytest.mark.parametrize("moment", [0.6, 1.2, 1.8, 2.6, 3.6])
def test_kill_9_at_any_moment(xunwei: Tool, moment: float) -> None:
    inventory = xunwei.inventory({f"host-{n}": THIS for n in range(3)})
    process = xunwei.start("inspect", "-i", inventory)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    for pid in of_state(xunwei.state):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not of_state(xunwei.state), 5)
    for folder in (xunwei.state / "runs").glob("*"):
        if (folder / "SHA256SUMS.sig").exists():
            assert xunwei("verify", folder).returncode == 0
        else:
            assert xunwei("report", folder).returncode == 4
            assert xunwei("verify", folder).returncode == 1
    run = xunwei.inspect(inventory, "--skip-tags", "report")
    assert run["counts"]["assets"] == 3
    states = [r["state"] for r in json.loads(xunwei("runs", "--json").stdout)]
    assert states[0] == "sealed"
    assert set(states) <= {"sealed", "broken"}
    assert xunwei("verify", run["run_id"]).returncode == 0


def test_a_second_run_of_the_same_group_is_refused(xunwei: Tool, slow: None) -> None:
    inventory = xunwei.inventory({"host": SLOW})
    process = xunwei.start("inspect", "-i", inventory, "--run-id", "first")
    try:
        wait_for(lambda: asking(xunwei.state))
        second = xunwei("inspect", "-i", inventory)
        assert second.returncode == 4, second.stderr
        assert "run first" in second.stderr
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=25)


def test_a_full_disk_is_one_line_and_the_next_run_works(xunwei: Tool, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to mount a small file system")
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(small)], check=True)
    try:
        tool = Tool(small, tmp_path)
        inventory = tool.inventory({f"host-{n}": THIS for n in range(4)})
        done = tool("inspect", "-i", inventory)
        assert done.returncode == 1, (done.returncode, done.stderr)
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        subprocess.run(["mount", "-o", "remount,size=40m", str(small)], check=True)
        assert tool.inspect(inventory, "--skip-tags", "report")["counts"]["assets"] == 4
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
