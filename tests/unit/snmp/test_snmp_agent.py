"""The simulated agent as net-snmp's own tools see it, and the collector against an agent that is not ours (snmpsim)."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from xunwei.collect import snmp
from xunwei.collect.snmp_client import Way
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.pack import Section
from xunwei.pack.shape import build
from xunwei.parse import snmp as reading
from xunwei.parse.snmprec import Recording
from xunwei.words import Status

TOPSEC = content.PERSONALITIES / "snmp_topsec"
V3 = [
    "-v3",
    "-u",
    "inspector",
    "-l",
    "authPriv",
    "-a",
    "SHA",
    "-A",
    "lab-inspector-1",
    "-x",
    "AES",
    "-X",
    "lab-inspector-1",
]
V2C = ["-v2c", "-c", "lab-read-1"]
RECORDED = """1.3.6.1.2.1.1.1.0|4x|4c6162206167656e74
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10
1.3.6.1.2.1.1.3.0|67|12345
1.3.6.1.2.1.1.5.0|4|srv-lab-1
1.3.6.1.2.1.2.2.1.2.1|4|lo
1.3.6.1.2.1.2.2.1.2.2|4|eth0
1.3.6.1.2.1.2.2.1.8.1|2|1
1.3.6.1.2.1.2.2.1.8.2|2|2
1.3.6.1.2.1.31.1.1.1.6.2|70|18446744073709551615
1.3.6.1.4.1.2021.4.5.0|2|8000000
"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    state, answers = content.load_personality(TOPSEC)
    state["agent"] = {"versions": ["1", "2c", "3"], "without": ["1.3.6.1.2.1.4.22"]}
    with Lab(
        specs=[content.DeviceSpec("fw-1", "snmp_topsec", 1, state, answers, {}, "snmp", TOPSEC)], folder=tmp_path
    ) as one:
        yield one


def tool(lab: Lab, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    place = f"127.0.0.1:{lab.devices['fw-1'].port}"
    environment = {
        **os.environ,
        "MIBS": "",
        "SNMPCONFPATH": "/nonexistent",
        "SNMP_PERSISTENT_DIR": str(Path.cwd() / "nonexistent"),
    }
    head = [w for w in words if not w.startswith(".")]
    tail = [w for w in words if w.startswith(".")]
    command = [program, "-On", "-OU", "-t", "2", "-r", "1", *head, place, *tail]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=environment)


@pytest.fixture(autouse=True)
def _tools(which: Callable[[str], bool]) -> None:
    if not which("snmpbulkwalk"):
        pytest.skip("net-snmp's tools are not installed")


def test_net_snmp_reads_the_same_by_every_version(lab: Lab) -> None:
    bulk = tool(lab, "snmpbulkwalk", *V2C, ".1.3.6.1.2.1.2").stdout
    assert len(reading.read(bulk)) > 60
    fixed = [line for line in bulk.splitlines() if ".2.2.1.14." not in line]
    for other in (tool(lab, "snmpbulkwalk", *V3, ".1.3.6.1.2.1.2"), tool(lab, "snmpwalk", *V3, ".1.3.6.1.2.1.2")):
        assert [line for line in other.stdout.splitlines() if ".2.2.1.14." not in line] == fixed
    old = tool(lab, "snmpwalk", "-v1", "-c", "lab-read-1", ".1.3.6.1.2.1").stdout
    assert "Counter64" not in old
    assert "Counter64" in tool(lab, "snmpbulkwalk", *V2C, ".1.3.6.1.2.1.31").stdout
    assert ".1.3.6.1.2.1.4.22." not in old  # not in this agent's view


def test_net_snmp_understands_every_refusal(lab: Lab) -> None:
    name = ".1.3.6.1.2.1.1.5.0"
    wrong = [*V3[:8], "lab-inspector-2", *V3[9:]]
    assert "Authentication failure" in tool(lab, "snmpget", *wrong, name).stderr
    assert "Unknown user name" in tool(lab, "snmpget", *["nobody" if w == "inspector" else w for w in V3], name).stderr
    weak = ["authNoPriv" if w == "authPriv" else w for w in V3]
    assert "Unsupported security level" in tool(lab, "snmpget", *weak, name).stderr
    assert "Timeout" in tool(lab, "snmpget", "-v2c", "-c", "wrong", name).stderr
    assert "No Such Instance" in tool(lab, "snmpget", *V3, ".1.3.6.1.2.1.1.5.7").stdout
    assert "No Such Object" in tool(lab, "snmpget", *V3, ".1.3.6.1.4.1.9.9.9.9.9.9.0").stdout


def test_a_fault_is_seen_by_the_next_request(lab: Lab) -> None:
    cpu = ".1.3.6.1.4.1.14331.5.5.1.4.5.0"
    assert tool(lab, "snmpget", *V3, cpu).stdout == f"{cpu} = Gauge32: 11\n"
    lab.fault("fw-1", "cpu_high")
    assert tool(lab, "snmpget", *V3, cpu).stdout == f"{cpu} = Gauge32: 97\n"
    lab.fault("fw-1", "cpu_high", False)
    assert tool(lab, "snmpget", *V3, cpu).stdout == f"{cpu} = Gauge32: 11\n"
    with pytest.raises(Exception, match="no fault 'no_such'"):
        lab.fault("fw-1", "no_such")


# -- an agent that is not ours ---------------------------------------------------------------------------------------------


@pytest.fixture
def snmpsim(tmp_path: Path) -> Iterator[int]:
    program = shutil.which(
        "snmpsim-command-responder", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"
    )
    if program is None:
        pytest.skip("snmpsim is not installed")
    data = tmp_path / "data"
    data.mkdir()
    (data / "lab-read-1.snmprec").write_text(RECORDED, encoding="utf-8")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, f"--data-dir={data}", f"--cache-dir={tmp_path / 'cache'}", f"--agent-udpv4-endpoint=127.0.0.1:{port}",
               "--v3-user=inspector", "--v3-auth-proto=SHA", "--v3-auth-key=lab-inspector-1", "--v3-priv-proto=AES",
               "--v3-priv-key=lab-inspector-1"]  # fmt: skip
    if os.getuid() == 0:
        command += ["--process-user=root", "--process-group=root"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)


def test_the_collector_reads_snmpsim(snmpsim: int) -> None:
    shape = build({"x": "str"}, "x")
    asks = (
        "get .1.3.6.1.2.1.1.5.0 .1.3.6.1.2.1.1.4.0",
        "walk .1.3.6.1.2.1.2.2.1.2 .1.3.6.1.2.1.2.2.1.8 .1.3.6.1.2.1.31",
        "next .1.3.6.1.4.1.2021",
    )
    section = Section("all", {}, asks, shape, shape)
    old = Way("127.0.0.1", snmpsim, "2c", community="lab-read-1", timeout=1)
    new = Way(
        "127.0.0.1",
        snmpsim,
        "3",
        user="inspector",
        auth_key="lab-inspector-1",
        priv_key="lab-inspector-1",
        context="lab-read-1",
        timeout=1,
    )
    expected = Recording(RECORDED).ask(asks)
    until = time.monotonic() + 30
    while asyncio.run(snmp.collect(old, [section], deadline=time.monotonic() + 3))[0].status is Status.UNREACHABLE:
        assert time.monotonic() < until, "snmpsim does not answer"
    for way in (old, new):
        [got] = asyncio.run(snmp.collect(way, [section], deadline=time.monotonic() + 20))
        assert got.status is Status.COLLECTED, got.reason
        known = dict(line.split(" = ", 1) for line in expected.splitlines())
        found = dict(line.split(" = ", 1) for line in got.raw.splitlines())
        assert set(found) == set(known)
        assert {o: v for o, v in found.items() if not v.startswith("No Such")} == {
            o: v for o, v in known.items() if not v.startswith("No Such")
        }
