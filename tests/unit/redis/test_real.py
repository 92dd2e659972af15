"""The pack's own script against a real Redis, private to the test: healthy, then each fault with its finding."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unit.app_node.script import ask, findings, verdicts, views
from xunwei.evaluate import SectionView
from xunwei.words import Status, Verdict

PASSWORD = "invented-Pass-0123456789"
# Where the test runs the server is root's, and it has only just been started.
ELSEWHERE = {"processes.account", "server.restarted"}


def free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Redis:
    """A private server, ended by its own pid."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.dir, self.port = folder, free()
        self.config = folder / "redis.conf"
        self.config.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {PASSWORD}\nmasterauth {PASSWORD}\ndir {folder}\nappendonly yes\n"
            f"maxmemory 64mb\nlogfile {folder}/redis.log\nlatency-monitor-threshold 100\n" + "\n".join(words) + "\n"
        )
        self.process = subprocess.Popen(["redis-server", self.config], stdout=subprocess.DEVNULL)
        for _ in range(200):
            if "PONG" in self.cli("PING"):
                return
            time.sleep(0.02)
        raise AssertionError("redis-server did not start")

    def cli(self, *words: str) -> str:
        done = subprocess.run(
            ["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, check=False,
            env={**os.environ, "REDISCLI_AUTH": PASSWORD},
        )  # fmt: skip
        return done.stdout + done.stderr

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "XW_REDIS_PORT": str(self.port), "XW_REDIS_PASSWORD": PASSWORD, "XW_REDIS_PROCESS": f"redis-server .*:{self.port}",
        }  # fmt: skip


@pytest.fixture
def redis(tmp_path: Path, which: Callable[[str], bool]) -> Iterator[Redis]:
    if not which("redis-server"):
        pytest.skip("redis-server is not installed")
    one = Redis(tmp_path)
    yield one
    if one.process.poll() is None:
        one.stop()


def look(redis: Redis, earlier: dict[str, SectionView] | None = None) -> tuple[dict[str, SectionView], set[str]]:
    found = views("redis", ask("redis", redis.parameters), earlier)
    return found, findings("redis", found, time.time()) - ELSEWHERE


def test_healthy(redis: Redis) -> None:
    found, wrong = look(redis)
    assert {n: (v.status, v.reason) for n, v in found.items() if v.status is not Status.COLLECTED} == {}
    assert wrong == set()
    judged = verdicts("redis", found, time.time())
    assert {r for r, v in judged.items() if v is Verdict.NOT_COLLECTED} == set()
    again, wrong = look(redis, found)
    assert wrong == set()
    assert {r for r, v in verdicts("redis", again, time.time()).items() if v is Verdict.NOT_COLLECTED} == set()


def test_the_password_is_nowhere(redis: Redis) -> None:
    redis.cli("ACL", "SETUSER", "portal", "on", f">{PASSWORD}x", "~portal:*", "+@read")
    answers = ask("redis", redis.parameters)
    text = "".join(a.raw + a.reason for a in answers.values())
    assert PASSWORD not in text
    assert "requirepass=set" in text
    import hashlib

    assert hashlib.sha256(PASSWORD.encode()).hexdigest() not in text


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["CONFIG SET requirepass ''"], {"configuration.password", "acl.nopass"}),
        (["CONFIG SET appendonly no", "CONFIG SET save ''"], {"configuration.persistence"}),
        (["CONFIG SET maxmemory 0"], {"memory.limit"}),
        (["ACL SETUSER portal on >invented-2 ~* +@all"], {"acl.least"}),
        (["ACL SETUSER guest on nopass ~guest:* +@read"], {"acl.nopass"}),
        (["CONFIG SET maxmemory-policy allkeys-random"], {"configuration.policy"}),
    ],
)
def test_a_setting_is_found(redis: Redis, words: list[str], rule: set[str]) -> None:
    for line in words:
        redis.cli(*("" if w == "''" else w for w in line.split()))
    assert look(redis)[1] == rule


def test_what_happens_between_two_runs(redis: Redis) -> None:
    before, _ = look(redis)
    redis.cli("KEYS", "*")
    redis.cli("CONFIG", "SET", "maxmemory", "1500kb")
    for number in range(30):
        redis.cli("SET", f"key{number}", "x" * 100_000)
    found, wrong = look(redis, before)
    assert {"commands.dangerous", "errors.grave", "memory.used"} <= wrong
    redis.cli("FLUSHALL")
    redis.cli("CONFIG", "SET", "maxmemory", "64mb")
    found, _ = look(redis, found)
    _, wrong = look(redis, found)
    assert wrong == set()


def test_a_slow_command_is_named_without_its_arguments(redis: Redis) -> None:
    redis.cli("CONFIG", "SET", "slowlog-log-slower-than", "0")
    for _ in range(12):
        redis.cli("SET", "person:41040119900101123X", "13800001111")
    redis.cli("CONFIG", "SET", "slowlog-log-slower-than", "10000")
    answers = ask("redis", redis.parameters)
    assert " SET" in answers["slowlog"].raw
    assert "person" not in answers["slowlog"].raw
    found = views("redis", answers)
    assert "slowlog.count" in findings("redis", found, time.time())


def test_a_wrong_password_and_a_dead_server(redis: Redis) -> None:
    parameters = redis.parameters | {"XW_REDIS_PASSWORD": "wrong-Pass-000"}
    answers = ask("redis", parameters)
    found = views("redis", answers)
    assert found["availability"].facts is not None
    assert found["availability"].facts["state"] == "refused"
    assert {found[n].status for n in ("server", "memory", "acl", "configuration")} == {Status.DENIED}
    redis.stop()
    found = views("redis", ask("redis", redis.parameters))
    assert findings("redis", found, time.time()) == {"availability.answering", "processes.running"}
    judged = verdicts("redis", found, time.time())
    assert judged["memory.used"] is Verdict.NOT_COLLECTED


def test_a_replica_that_lost_its_master(redis: Redis, tmp_path: Path) -> None:
    (tmp_path / "replica").mkdir()
    replica = Redis(tmp_path / "replica", f"replicaof 127.0.0.1 {redis.port}")
    try:
        for _ in range(100):
            if "master_link_status:up" in replica.cli("INFO", "replication"):
                break
            time.sleep(0.05)
        assert look(replica)[1] == set()
        master = views("redis", ask("redis", redis.parameters, only=["replication"]))["replication"].facts
        assert master is not None
        assert [r["online"] for r in master["replicas"]] == [True]
        redis.stop()
        time.sleep(0.5)
        assert look(replica)[1] - {"log_errors.new_patterns"} == {"replication.link"}
    finally:
        replica.stop()
