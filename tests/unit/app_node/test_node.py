"""The pack's own script on this machine: a real process, real ports, real logs, real folders."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.app_node.script import ask, findings, views
from xunwei import pack as packs
from xunwei.words import Status

# What is this machine's own matter.
ELSEWHERE = {"processes.account", "log_files.disk", "storage.space", "storage.inodes", "processes.cpu"}
PERSONAL = "41040119900101123X"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    code = "import socket,sys,time; s=socket.create_server(('127.0.0.1',int(sys.argv[2]))); time.sleep(120)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, f"xw-{tmp_path.name}-{os.getpid()}", str(port), "--password=invented-1"]
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield process, port
    process.kill()
    process.wait()


def parameters(tmp_path: Path, port: int) -> dict[str, str]:
    return {
        "XW_APP_PROCESSES": f"portal=xw-{tmp_path.name}-{os.getpid()}",
        "XW_APP_PORTS": str(port),
        "XW_APP_LOGS": f"{tmp_path}/*.log",
        "XW_APP_FOLDERS": str(tmp_path / "upload"),
    }


def test_life_of_an_application(tmp_path: Path, program: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = program
    (tmp_path / "upload").mkdir()
    log = tmp_path / "portal.log"
    log.write_text("2020-01-01 00:00:00.000 ERROR [main] long ago\n")
    given = parameters(tmp_path, port)
    first = ask("app_node", given)
    found = views("app_node", first)
    assert findings("app_node", found, time.time()) - ELSEWHERE == set()
    assert {n for n, v in found.items() if v.status is not Status.COLLECTED} == {"unit", "heap", "jvm", "threads"}
    assert "invented-1" not in "".join(a.raw for a in first.values())

    stamp = time.strftime("%Y-%m-%d %H:%M:%S")
    log.write_text(
        log.read_text()
        + f"{stamp}.001 ERROR [exec-1] c.e.A - cannot save {PERSONAL} of 张三\n  at c.e.A.save(A.java:1)\n"
        f"{stamp}.002 INFO [exec-1] c.e.A - no error here\n{stamp}.003 FATAL [main] c.e.B - out of connections\n"
    )
    second = ask("app_node", given, since=time.time() - 3600)
    raw = second["log_errors"].raw
    assert PERSONAL[:17] not in raw
    assert "long ago" not in raw
    assert "no error here" not in raw
    later = views("app_node", second, found)
    facts = later["log_errors"].facts
    assert facts is not None
    assert (facts["errors"], facts["fatal"], facts["complete"]) == (2, 1, True)
    assert not any("张三" in p["template"] for p in facts["patterns"])
    # The process was started after that `since`.
    assert findings("app_node", later, time.time()) - ELSEWHERE == {
        "processes.restarted", "log_errors.fatal", "log_errors.new_patterns",
    }  # fmt: skip
    again = views("app_node", ask("app_node", given, since=time.time() - 3600), later)
    assert "log_errors.new_patterns" not in findings("app_node", again, time.time())

    process.kill()
    process.wait()
    gone = views("app_node", ask("app_node", given))
    assert {"processes.running", "ports.listening"} <= findings("app_node", gone, time.time())


@pytest.mark.parametrize("shell_words", [("dash", "-s"), ("bash", "--posix", "-s")], ids=lambda w: w[0])
def test_shells(tmp_path: Path, shell_words: tuple[str, ...]) -> None:
    given = parameters(tmp_path, 1) | {"XW_APP_FOLDERS": str(tmp_path / "gone")}
    (tmp_path / "a.log").write_text("x\n")
    found = views("app_node", ask("app_node", given, shell_words=shell_words))
    assert {"processes.running", "ports.listening", "storage.writable"} <= findings("app_node", found, time.time())


def test_a_log_longer_than_its_bounds_is_said_not_to_be_complete(tmp_path: Path) -> None:
    stamp = time.strftime("%Y-%m-%d %H:%M:%S")
    (tmp_path / "a.log").write_text(f"{stamp} ERROR failed again\n" * 60_000)
    found = views("app_node", ask("app_node", parameters(tmp_path, 1), only=["log_errors"]))
    facts = found["log_errors"].facts
    assert facts is not None
    assert facts["complete"] is False
    assert facts["errors"] > 20_000
    assert [p["count"] for p in facts["patterns"]] == [250]


def test_nothing_is_written_and_no_secret_is_a_word() -> None:
    for platform in ("app_node", "nginx", "tomcat", "redis", "rabbitmq", "nacos", "clamav"):
        text = packs.load(platform).script()
        assert "<<" not in text
        assert "mktemp" not in text
        assert "jcmd " not in text.replace("jcmd and", "").replace("`jcmd`", "")
        for line in text.splitlines():
            words = line.split("#")[0]
            assert " -a $" not in words
            assert "tee " not in words
