"""Every command on a real run: what it prints as JSON, what it says with which exit code."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tool import THIS, Tool
from xunwei.lab.harness import Lab


class Babbler:
    """Accepts connections on a free port, says one thing to each, and then nothing more."""

    def __init__(self, says: bytes) -> None:
        self._says, self._kept = says, []  # type: ignore[var-annotated]
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self._kept.append(connection)
            connection.sendall(self._says)

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tool, dict[str, Any]]:
    """This machine inspected once, with a waiver in force and one that has lapsed."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "state").mkdir()
    tool = Tool(folder / "state", folder)
    waiver = {"assets": "host-*", "reason": "演示", "approver": "王工"}
    inventory = tool.inventory(
        {"host-1": THIS},
        inspection_waivers=[
            {**waiver, "rule": "linux.accounts.*", "until": "2999-01-01"},
            {**waiver, "rule": "linux.hardening.*", "until": "2020-01-01"},
        ],
        inspection_limits={"linux.uptime.recent_reboot": {}},
    )
    return tool, tool.inspect(inventory)


def said(tool: Tool, *words: object, code: int = 0) -> Any:
    result = tool(*words)
    assert result.returncode == code, (words, result.returncode, result.stdout, result.stderr)
    return json.loads(result.stdout)


def test_rules_are_listed_with_what_programs_need(done: tuple[Tool, dict[str, Any]]) -> None:
    rules = said(done[0], "rules", "--json")
    assert len(rules) >= 250
    assert sum(r["platform"] == "linux" for r in rules) >= 60
    for rule in rules:
        assert set(rule) >= {"id", "platform", "title", "severity", "clauses"}
        assert rule["title"]["zh"] and rule["title"]["en"]  # noqa: PT018
    assert done[0]("rules").stdout.count("\n") == len(rules) + 1


def test_assets_runs_and_findings(done: tuple[Tool, dict[str, Any]]) -> None:
    tool, run = done
    [asset] = said(tool, "assets", "-i", tool.folder / "inventory.yml", "--json")
    assert (asset["name"], asset["platform"]) == ("host-1", "linux")
    assert "host-1" in tool("assets", "-i", tool.folder / "inventory.yml").stdout
    [line] = said(tool, "runs", "--json")
    assert (line["run_id"], line["state"], line["exit_code"]) == (run["run_id"], "sealed", 0)
    assert run["run_id"] in tool("runs").stdout
    findings = said(tool, "findings", "--json")
    assert {f["asset"] for f in findings} == {"host-1"}
    assert sum(run["counts"]["findings"].values()) == sum(not f["waived"] for f in findings)
    majors = said(tool, "findings", "--severity", "major", "--json")
    assert {f["severity"] for f in majors} <= {"major"}
    assert said(tool, "findings", "--fixed", "--json") == []


def test_waivers_count_and_lapsed_ones_are_listed(done: tuple[Tool, dict[str, Any]]) -> None:
    tool, run = done
    states = {w["rule"]: w["state"] for w in tool.read(run, "waivers.json")}
    assert states["linux.hardening.*"] == "lapsed"
    judged = tool.read(run, "verdicts.json")
    hardening = [j for j in judged if j["rule"].startswith("linux.hardening.")]
    assert all(j["verdict"] != "waived" for j in hardening)
    accounts = [j for j in judged if j["rule"].startswith("linux.accounts.")]
    assert not [j for j in accounts if j["verdict"] in ("fail", "warn")]
    page = (Path(run["folder"]) / "reports/report.html").read_text(encoding="utf-8")
    assert "王工" in page


def test_verify_names_every_altered_file(done: tuple[Tool, dict[str, Any]]) -> None:
    tool, run = done
    folder = Path(run["folder"])
    assert said(tool, "verify", "last", "--json")["intact"] is True
    for name in ("verdicts.json", "assets/host-1/raw/load.txt", "reports/report.xlsx"):
        path = folder / name
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        found = said(tool, "verify", run["run_id"], "--json", code=1)
        assert {"file": name, "problem": "altered"} in found["problems"]
        assert name in tool("verify", folder).stdout
        path.write_bytes(good)
    assert tool("verify", folder).returncode == 0


def test_reports_again_in_english_elsewhere(done: tuple[Tool, dict[str, Any]], tmp_path: Path) -> None:
    made = said(done[0], "report", "last", "--lang", "en", "--format", "html,json", "--out", tmp_path, "--json")
    assert sorted(Path(p).name for p in made["reports"]) == ["report.html", "report.json"]
    assert "Inspection" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_evaluate_again_changes_nothing_and_makes_a_run_of_its_own(
    done: tuple[Tool, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool, run = done
    assert said(tool, "evaluate", "last", "--json")["changed"] == []
    again = tmp_path / "again"
    found = said(tool, "evaluate", run["run_id"], "--out", again, "--json")
    assert found["counts"] == {k: v for k, v in run["counts"]["verdicts"].items() if v}
    assert tool("verify", again).returncode == 0
    assert json.loads((again / "run.json").read_text(encoding="utf-8"))["evaluates"]["run_id"] == run["run_id"]
    assert tool("report", again, "--format", "html").returncode == 0
    assert tool("evaluate", run["run_id"], "--out", again).returncode == 4
    assert tool("verify", run["run_id"]).returncode == 0


def test_parse_takes_a_file_or_standard_input(done: tuple[Tool, dict[str, Any]], tmp_path: Path) -> None:
    raw = Path(done[1]["folder"]) / "assets/host-1/raw/load.txt"
    found = said(done[0], "parse", "linux", "load", raw)
    assert (found["status"], set(found) >= {"facts", "reason"}) == ("collected", True)
    (tmp_path / "bad.txt").write_bytes(b"\xff\x00 not a load\n")
    assert said(done[0], "parse", "linux", "load", tmp_path / "bad.txt")["status"] == "unparsed"
    (tmp_path / "refused.txt").write_text("Error: Unrecognized command found at '^' position.\n", encoding="utf-8")
    assert said(done[0], "parse", "huawei_vrp", "display version", tmp_path / "refused.txt")["status"] == "unsupported"


def test_every_command_has_help(xunwei: Tool) -> None:
    for words in ("", "inspect", "rules", "assets", "parse", "evaluate", "report", "verify", "merge", "runs", "findings",
                  "lab", "lab start", "lab stop", "lab status", "lab fault"):  # fmt: skip
        result = xunwei(*words.split(), "--help")
        assert result.returncode == 0, words
        assert "--help" in result.stdout


def test_parts_made_on_two_machines_are_one_run(xunwei: Tool) -> None:
    hosts = {"host-1": THIS, "host-2": THIS, "host-3": THIS}
    collect = ("--run-id", "weekly-48", "--skip-tags", "evaluate,report,gate")
    parts = []
    for name, limit in (("a", "host-1"), ("b", "host-2,host-3")):
        machine = xunwei.elsewhere(name)
        part = machine.inspect(machine.inventory(hosts), *collect, "--limit", limit)
        assert part["part"] is True
        assert machine("report", part["folder"]).returncode == 4
        parts.append(part["folder"])
    merged = xunwei("merge", "weekly-48", *parts, "--json")
    assert merged.returncode == 0, merged.stderr
    assert json.loads(merged.stdout)["counts"]["assets"] == 3
    assert xunwei("verify", "weekly-48").returncode == 0
    assert xunwei("report", "weekly-48", "--format", "html").returncode == 0
    again = xunwei("merge", "weekly-48", *parts)
    assert (again.returncode, "sealed" in again.stderr) == (4, True)


def test_the_lab_starts_says_what_it_is_and_stops(xunwei: Tool) -> None:
    assert xunwei("lab", "status").returncode == 1
    started = said(xunwei, "lab", "start", "--base", "0", "--json")
    try:
        assert started["ports"]
        assert xunwei("lab", "start", "--base", "0").returncode == 4
        status = said(xunwei, "lab", "status", "--json")
        assert status["running"] is True
        assert xunwei("lab", "fault", "sw-dc-1", "fan_failed").returncode == 0
        assert xunwei("lab", "fault", "sw-dc-1", "no_such_fault").returncode == 4
    finally:
        assert xunwei("lab", "stop").returncode == 0
    assert xunwei("lab", "stop").returncode == 4


def test_a_jump_host_is_passed_as_ansible_users_expect(
    lab: Lab, host: Callable[[str], dict[str, Any]], xunwei: Tool, jump: Callable[[Path], str]
) -> None:
    inventory = xunwei.inventory({"sw-dc-1": {**host("sw-dc-1"), "ansible_ssh_common_args": jump(lab.known_hosts)}})
    run = xunwei.inspect(inventory, "--skip-tags", "report")
    assert run["counts"]["unreachable"] == 0
    log = (xunwei.folder / "jump.log").read_text(encoding="utf-8")
    assert f"port {lab.devices['sw-dc-1'].port}" in log or "direct-tcpip" in log


def test_a_changed_host_key_is_refused(
    lab: Lab, host: Callable[[str], dict[str, Any]], xunwei: Tool, tmp_path: Path
) -> None:
    known = lab.known_hosts.read_text(encoding="utf-8")
    keys = [line.rsplit(" ", 1)[1] for line in known.splitlines() if " " in line]
    (tmp_path / "wrong").write_text(known.replace(keys[0], keys[0][:-6] + "AAAAAA"), encoding="utf-8")
    (tmp_path / "none").write_text("", encoding="utf-8")
    names = [n for n in lab.devices if n != "bmc-app-1"]
    for file in ("wrong", "none"):
        args = {"ansible_ssh_common_args": f"-o UserKnownHostsFile={tmp_path / file}"}
        run = xunwei.inspect(xunwei.inventory({n: {**host(n), **args} for n in names}), "--skip-tags", "report", code=3)
        bad = {a["name"]: a["reason"] for a in xunwei.read(run, "assets.json") if a["state"] == "unreachable"}
        assert bad, file
        assert all("host key" in reason for reason in bad.values()), bad
        assert len(bad) == (len(names) if file == "none" else len(bad))


def test_a_configuration_of_the_users_own_does_not_hide_our_plugins(
    xunwei: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.cfg").write_text("[defaults]\nforks = 3\n", encoding="utf-8")
    monkeypatch.setenv("ANSIBLE_CONFIG", str(tmp_path / "own.cfg"))
    run = xunwei.inspect(xunwei.inventory({"host-1": THIS}), "--skip-tags", "report")
    assert run["counts"]["assets"] == 1


def test_linux_hosts_that_hang_or_talk_garbage_are_rows_with_a_reason(xunwei: Tool) -> None:
    listeners, hosts = [], {"host-1": THIS}
    for name, says in (("hang", b""), ("garbage", b"\x00\xff no ssh\r\n" * 50), ("silent", b"SSH-2.0-OpenSSH_9.2\r\n")):
        server = Babbler(says)
        listeners.append(server)
        hosts[name] = {
            **THIS,
            "ansible_connection": "ssh",
            "ansible_host": "127.0.0.1",
            "ansible_port": server.port,
            "ansible_user": "nobody",
        }
    try:
        run = xunwei.inspect(xunwei.inventory(hosts), "--skip-tags", "report", code=3)
    finally:
        for server in listeners:
            server.close()
    states = {a["name"]: (a["state"], a["reason"]) for a in xunwei.read(run, "assets.json")}
    assert states.pop("host-1")[0] != "unreachable"
    assert {state for state, _ in states.values()} == {"unreachable"}
    assert all(reason and not reason.startswith("Data could not") for _, reason in states.values()), states
