"""Tomcat, RabbitMQ and ClamAV of Debian in a whole systemd host: healthy, stopped, and back; with XUNWEI_CONTAINERS=1, as root."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator

import pytest

from unit.app_node.script import findings, verdicts, views
from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.collect.redact import Redactor
from xunwei.lab.containers import Host, Spec, lab
from xunwei.model import Answer
from xunwei.words import Status, Verdict

pytestmark = pytest.mark.skipif(os.environ.get("XUNWEI_CONTAINERS") != "1", reason="set XUNWEI_CONTAINERS=1, as root")
MARK = "mark0123456789"
# What Debian's defaults leave to be improved, and a host that was started a minute ago.
KNOWN = {
    "tomcat": {"server_xml.deploy", "server_xml.version", "jvm.heap_dump", "jvm.heap_limit", "heap.time", "users.manager"},
    "rabbitmq": {"users.guest", "status.release", "cluster.flags", "status.disk"},
    "clamav": {
        "processes.running", "definitions.present", "definitions.main", "configuration.on_access", "unit.enabled", "log_errors.fatal",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with lab([Spec("mw-1", "mw")], f"middleware-{os.getpid()}") as session:
        one = session.hosts["mw-1"]
        for _ in range(90):
            if one.sh("rabbitmqctl -q status >/dev/null 2>&1 && ss -Hlnt | grep -c ':8080 ' || true").strip() == "1":
                break
            time.sleep(1)
        yield one


def ask(host: Host, platform: str) -> dict[str, Answer]:
    pack = packs.load(platform)
    given = {v: spec.partition("=")[2] for v, spec in pack.parameters.items()}
    part = shell.Part("it-1", pack.script(), list(pack.sections.values()), given)
    text = host.sh(shell.build([part], mark=MARK, since=0, limit=150).decode())
    answers = shell.split(text, [part], mark=MARK, now=dt.datetime.now(dt.UTC))["it-1"]
    redactor = Redactor(b"invented", pack.redact)
    for answer in answers:
        answer.raw = redactor.clean(answer.raw)
    return {a.section: a for a in answers}


@pytest.mark.parametrize("platform", ["tomcat", "rabbitmq", "clamav"])
def test_as_debian_ships_it(host: Host, platform: str) -> None:
    found = views(platform, ask(host, platform))
    wrong = {n: (v.status, v.reason) for n, v in found.items() if v.status is not Status.COLLECTED}
    assert set(wrong) <= ({"scans"} if platform == "clamav" else set())
    assert findings(platform, found, time.time()) <= KNOWN[platform]


@pytest.mark.parametrize(
    ("platform", "unit", "expected"),
    [("tomcat", "tomcat10", "processes.running"), ("rabbitmq", "rabbitmq-server", "processes.running")],
)
def test_stopped_and_started(host: Host, platform: str, unit: str, expected: str) -> None:
    host.sh(f"systemctl stop {unit}")
    found = views(platform, ask(host, platform))
    assert expected in findings(platform, found, time.time())
    judged = verdicts(platform, found, time.time())
    assert Verdict.NOT_COLLECTED in judged.values()
    host.sh(f"systemctl start {unit}")
    for _ in range(60):
        again = findings(platform, views(platform, ask(host, platform)), time.time())
        if again <= KNOWN[platform]:
            break
        time.sleep(1)
    assert again <= KNOWN[platform]


def test_an_alarm_of_rabbitmq(host: Host) -> None:
    host.sh("rabbitmqctl -q set_vm_memory_high_watermark 0.00001")
    try:
        time.sleep(3)
        found = findings("rabbitmq", views("rabbitmq", ask(host, "rabbitmq")), time.time())
        assert {"status.alarms", "status.memory", "health.checks"} <= found
    finally:
        host.sh("rabbitmqctl -q set_vm_memory_high_watermark 0.4")


def test_an_infected_file_is_found_in_the_log_of_the_scan(host: Host) -> None:
    # The MD5 of the file below as a signature of our own.
    host.sh(
        "mkdir -p /srv/scan; echo invented-malware >/srv/scan/a; "
        "printf '%s:%s:Invented-Test\\n' $(md5sum </srv/scan/a | cut -c1-32) $(stat -c %s /srv/scan/a) >/srv/own.hdb; "
        "clamscan -d /srv/own.hdb --log=/var/log/clamav/weekly-scan.log /srv/scan || true"
    )
    found = views("clamav", ask(host, "clamav"))
    assert "scans.found" in findings("clamav", found, time.time())
    assert found["scans"].facts is not None
    assert found["scans"].facts["found"][0]["signature"].startswith("Invented-Test")
