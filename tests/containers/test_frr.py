"""Two real FRR routers: healthy ones have no finding; a lost link is found on both ends, and is gone when repaired."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.content import DeviceSpec
from xunwei.lab.frr.fabric import missing
from xunwei.lab.harness import Lab
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

pytestmark = [
    pytest.mark.skipif(os.environ.get("XUNWEI_CONTAINERS") != "1", reason="set XUNWEI_CONTAINERS=1, as root"),
]
ONE, TWO = "rt-edge-1", "rt-edge-2"
# The lab's routers use their own machine; they have been up as long as it has.
OF_THE_HOST = {"system.restarted", "system.load", "system.memory", "system.disk"}
SETTLE = 40.0


def spec(name: str) -> DeviceSpec:
    folder = content.PERSONALITIES / "frr"
    return DeviceSpec(name, "frr", 0, content.load_yaml(folder / "device.yml"), {}, {}, "frr", folder)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    why = missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)
    with Lab(specs=[spec(ONE), spec(TWO)]) as running:
        yield running


def ssh(lab: Lab, name: str, script: bytes, command: str = "/bin/sh -s") -> subprocess.CompletedProcess[bytes]:
    """One exec request with OpenSSH's own client; the host key is checked."""
    info = lab._estate.servers[name].info()
    checked = [*info["ansible_ssh_common_args"].split(), "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes"]
    port = str(lab.devices[name].port)
    where = ["-p", port, "-i", info["ansible_ssh_private_key_file"], f"{info['ansible_user']}@127.0.0.1"]
    return subprocess.run(
        ["ssh", "-F", "/dev/null", *checked, *where, command],
        input=script,
        capture_output=True,
        check=False,
        timeout=60,
    )


def look(lab: Lab, name: str, save: Path | None = None) -> tuple[dict[str, SectionView], dict[str, Verdict]]:
    """(what was seen by section, what is neither a pass nor not applicable by rule)."""
    pack = packs.load("frr")
    part = shell.Part(name, pack.script(), list(pack.sections.values()))
    mark = secrets.token_hex(8)
    done = ssh(lab, name, shell.build([part], mark=mark, since=0, limit=60))
    answers = shell.split(done.stdout.decode(), [part], mark=mark, now=dt.datetime.now(dt.UTC))[name]
    redactor = Redactor(b"live", pack.redact)
    views = {}
    for answer in answers:
        raw = redactor.clean(answer.raw)
        if save is not None:
            (save / answer.section).write_text(raw, encoding="utf-8")
        views[answer.section] = SectionView(answer.status, None, answer.reason, raw=raw)
        if answer.status is Status.COLLECTED:
            parsed = parse(pack, answer.section, raw)
            if parsed.facts is not None:
                changes.add(pack.section(answer.section), parsed.facts, answer.started, [])
            views[answer.section] = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
    judged = judge(Asset(name, "frr", "network"), views, compile_rules(pack), time.time())
    good = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    bad = {j.rule.removeprefix("frr."): j.verdict for j in judged if j.verdict not in good}
    return views, {rule: verdict for rule, verdict in bad.items() if rule not in OF_THE_HOST}


def wait_for(lab: Lab, name: str, wanted: set[str]) -> dict[str, Verdict]:
    """Looks until exactly these rules fail (routing protocols take their time)."""
    end = time.monotonic() + SETTLE
    while True:
        _, bad = look(lab, name)
        failed = {rule for rule, verdict in bad.items() if verdict is Verdict.FAIL}
        if failed == wanted or time.monotonic() > end:
            assert failed == wanted, bad
            return bad
        time.sleep(0.5)


def wait_for_health(lab: Lab, *names: str) -> None:
    """Looks until there is nothing but passes: a session comes up a moment before its routes."""
    end = time.monotonic() + SETTLE
    for name in names:
        while (bad := look(lab, name)[1]) and time.monotonic() < end:
            time.sleep(0.5)
        assert bad == {}, name


def test_healthy_routers_have_no_finding(lab: Lab) -> None:
    views, _ = look(lab, ONE)
    not_there = {name: (v.status, v.reason) for name, v in views.items() if v.status is not Status.COLLECTED}
    assert set(not_there) <= {"vrrp"}, not_there
    assert views["vrrp"].status is Status.UNSUPPORTED
    wait_for_health(lab, ONE, TWO)


def test_a_login_is_nobody_and_needs_the_key_or_the_password(lab: Lab) -> None:
    shown = ssh(lab, ONE, b"", "id -u; id -Gn; hostname; touch /etc/frr/x || echo refused").stdout.decode().splitlines()
    assert shown[0] == "65534"
    assert set(shown[1].split()) >= {"frrvty", "frr"}
    assert shown[2:] == [ONE, "refused"]
    lab.fault(ONE, "login_refused")
    try:
        assert ssh(lab, ONE, b"", "true").returncode == 255
    finally:
        lab.fault(ONE, "login_refused", None)
    assert ssh(lab, ONE, b"", "exit 7").returncode == 7


def test_a_lost_link_is_found_on_both_ends_and_gone_after_repair(lab: Lab) -> None:
    lost = {"ospf.interfaces", "ospf_neighbours.present", "bgp.state", "bfd.state"}
    lab.fault(ONE, "link_down", "eth1")
    try:
        wait_for(lab, ONE, lost)
        # its own end is shut down on purpose; the other end has lost its link
        wait_for(lab, TWO, lost | {"interfaces.link"})
    finally:
        lab.fault(ONE, "link_down", None)
    wait_for_health(lab, ONE, TWO)


def test_a_wrong_as_stops_bgp_only(lab: Lab) -> None:
    lab.fault(ONE, "bgp_wrong_as")
    try:
        wait_for(lab, ONE, {"bgp.state", "saved.same"})
        wait_for(lab, TWO, {"bgp.state"})
    finally:
        lab.fault(ONE, "bgp_wrong_as", None)
    wait_for_health(lab, ONE, TWO)


def test_a_stopped_daemon_is_found(lab: Lab) -> None:
    lab.fault(TWO, "daemon_stopped", "ospfd")
    try:
        bad = wait_for(lab, TWO, {"daemons.running", "daemons.configured", "saved.same"})
        assert "ospf_neighbours.state" not in bad
        wait_for(lab, ONE, {"ospf.adjacent", "ospf_neighbours.present"})
    finally:
        lab.fault(TWO, "daemon_stopped", None)
    wait_for_health(lab, TWO, ONE)


def test_an_unsaved_line_is_found(lab: Lab) -> None:
    lab.fault(ONE, "config_unsaved")
    try:
        wait_for(lab, ONE, {"saved.same"})
    finally:
        lab.fault(ONE, "config_unsaved", None)
    wait_for_health(lab, ONE)


def test_unknown_faults_and_parts_are_refused(lab: Lab) -> None:
    with pytest.raises(Exception, match="unknown fault 'fan_failed'; known: link_down"):
        lab.fault(ONE, "fan_failed")
    with pytest.raises(Exception, match="has no 'eth9'"):
        lab.fault(ONE, "link_down", "eth9")


def test_a_killed_lab_leaves_nothing(tmp_path: Path) -> None:
    """SIGKILL to the lab: namespaces, daemons and links are gone with it."""
    why = missing()
    if why:
        pytest.skip(why)
    text = (
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from xunwei.lab import content\nfrom xunwei.lab.frr.fabric import start\nfrom xunwei.lab.kinds import Device\n"
        "async def main():\n"
        "    p = content.PERSONALITIES / 'frr'\n    state = content.load_yaml(p / 'device.yml')\n"
        "    found = await start([Device('rt-k-1', 'frr', p, state), Device('rt-k-2', 'frr', p, state)], '127.0.0.1', {},"
        " Path(sys.argv[1]))\n"
        "    print(*[s.router.space.pid for s in found.values()], flush=True)\n    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    child = subprocess.Popen([sys.executable, "-c", text, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    pids = child.stdout.readline().split()
    assert len(pids) == 2
    child.kill()
    child.wait()
    end = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
