"""A server of DMTF's served by OpenStack's sushy-static over TLS: software that none of us wrote, inspected end to end."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from xunwei import pack as packs
from xunwei.collect import redfish
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab.tls import Identity, identity
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

ASSET = Asset("dev-1", "redfish", "server")
PROGRAM = Path(sys.prefix) / "bin" / "sushy-static"


@pytest.fixture(scope="module")
def service(fixtures_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Identity]]:
    """(port, certificate) of a running sushy-static."""
    folder = tmp_path_factory.mktemp("sushy")
    own = identity(folder, "sushy-1", "127.0.0.1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tree = fixtures_dir / "redfish" / "dmtf" / "public-rackmount1"
    command = [
        str(PROGRAM),
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-m",
        str(tree),
        "-c",
        str(own.certificate),
        "-k",
        str(own.key),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, port, own)
            yield port, own
        finally:
            process.kill()
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int, own: Identity) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(
                f"https://127.0.0.1:{port}/redfish/v1/",
                verify=ssl.create_default_context(cafile=str(own.certificate)),
                trust_env=False,
            )
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("sushy-static did not start")


def collect(service: tuple[int, Identity], **settings: str) -> dict[str, Answer]:
    """Answers by section."""
    port, own = service
    way = settings or {"tls_ca": str(own.certificate)}
    access = Access(ASSET, "127.0.0.1", port, "inspector", "lab-inspector-1", timeout=10.0, settings=way)
    pack = packs.load("redfish")
    found = redfish.ask(access, pack, list(pack.sections.values()), deadline=time.monotonic() + 120)
    return {a.section: a for a in found}


@pytest.fixture(scope="module")
def answers(service: tuple[int, Identity]) -> dict[str, Answer]:
    return collect(service)


@pytest.fixture(scope="module")
def views(answers: dict[str, Answer]) -> dict[str, SectionView]:
    pack, found = packs.load("redfish"), {}
    for name, answer in answers.items():
        parsed = parse(pack, name, answer.raw) if answer.status is Status.COLLECTED else None
        found[name] = SectionView(
            parsed.status if parsed else answer.status, parsed.facts if parsed else None,
            parsed.reason if parsed else answer.reason, time=answer.started, raw=answer.raw,
        )  # fmt: skip
    return found


@pytest.fixture(scope="module")
def judged(views: dict[str, SectionView]) -> dict[str, Judgement]:
    found = judge(ASSET, views, compile_rules(packs.load("redfish")), time.time())
    return {j.rule.partition(".")[2]: j for j in found}


def test_what_it_serves_is_read_and_the_rest_said_not_to_be_there(views: dict[str, SectionView]) -> None:
    assert {n for n, v in views.items() if v.status is not Status.COLLECTED} == {"volumes", "remote_log", "licenses"}
    assert {v.status for n, v in views.items() if n in ("volumes", "remote_log", "licenses")} <= {
        Status.UNSUPPORTED, Status.EMPTY,
    }  # fmt: skip


def test_the_supply_in_warning_is_found_where_it_stands(
    judged: dict[str, Judgement], views: dict[str, SectionView]
) -> None:
    found = judged["power.supply_health"]
    assert found.verdict is Verdict.WARN
    assert [i.key for i in found.items] == ["Power Supply Bay 1"]
    assert found.evidence is not None
    assert found.evidence.text.startswith('"/redfish/v1/Chassis/1U/PowerSubsystem/PowerSupplies/Bay1"')
    assert '"Health": "Warning"' in views["power"].raw
    assert judged["power.supply_count"].verdict is Verdict.FAIL  # none that is enabled and OK


# What the mockup's files (and the way it is served) really say, by rule; anything else that is found would be invented.
FOUND = {
    "power.supply_health": Verdict.WARN,  # bay 1
    "power.supply_count": Verdict.FAIL,  # bay 2 is absent, bay 1 is not OK
    "power.redundancy": Verdict.FAIL,  # UnavailableOffline
    "drives.health": Verdict.WARN,  # SATA Bay 2
    "boot.override": Verdict.WARN,  # Once, Pxe
    "managers.time_offset": Verdict.FAIL,  # 2015
    "accounts.default_names": Verdict.WARN,  # Administrator
    "network_protocol.ipmi": Verdict.WARN,
    "network_protocol.http": Verdict.WARN,
    "network_protocol.telnet": Verdict.FAIL,
    "network_protocol.snmp_v1": Verdict.FAIL,
    "service_root.session": Verdict.WARN,  # sushy-static makes no session
    "certificate.self_signed": Verdict.WARN,
}


def test_nothing_is_invented(judged: dict[str, Judgement]) -> None:
    assert {n: j.verdict for n, j in judged.items() if j.verdict in (Verdict.FAIL, Verdict.WARN)} == FOUND


def test_identity_is_found(views: dict[str, SectionView]) -> None:
    pack = packs.load("redfish")
    found = {word: (views[path[0]].facts or {})[path[1]] for word, path in pack.found.items()}
    assert found == {"model": "3500", "serial": "437XR1138R2", "hostname": "web483", "version": "1.45.455b66-rev4"}


def test_another_certificate_is_refused(service: tuple[int, Identity]) -> None:
    answers = collect(service, tls_fingerprint="00" * 32)
    assert {a.status for a in answers.values()} == {Status.UNREACHABLE}
    assert not any(a.raw for a in answers.values())
