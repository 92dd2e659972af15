"""After two runs of the real playbook: what was kept, how often hosts were asked, what is nowhere."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from testinfra.host import Host as Remote
from tests.containers.evidence import Run, contents, runs, where_kept

from xunwei.lab.containers import Lab, SshdCounts

STATE = Path(os.environ["XUNWEI_STATE"])
ASSETS = {"old-1", "db-1", "db-1-pg", "new-1", "new-1-visitor"}
RUNS = 2
testinfra_hosts = ["new-1"]


@pytest.fixture(scope="session", autouse=True)
def counted() -> dict[str, SshdCounts]:
    """What sshd had logged before these tests logged in themselves."""
    return {name: host.sshd_counts() for name, host in Lab.attach().hosts.items()}


@pytest.fixture(scope="session")
def both() -> list[Run]:
    return runs(STATE)


@pytest.fixture(scope="session")
def last(both: list[Run]) -> Run:
    return both[-1]


def test_each_converge_is_a_run_of_its_own_and_knows_the_one_before(both: list[Run]) -> None:
    assert len(both) == RUNS
    assert both[0].name in json.dumps(both[1].about()["previous"])
    assert all(run.about()["state"] == "complete" for run in both)


def test_every_run_is_sealed_and_signed(both: list[Run]) -> None:
    for run in both:
        assert run.unsealed() == []
        assert run.signature_problem(STATE / "keys") == ""
        assert {"report.docx", "report.html", "report.pdf", "report.xlsx"} <= {
            path.name for path in (run.folder / "reports").iterdir()
        }


def test_one_login_and_one_exec_request_per_host_account_and_run(counted: dict[str, SshdCounts]) -> None:
    expected = {"old-1": {"root": RUNS}, "db-1": {"inspector": RUNS}, "new-1": {"root": RUNS, "visitor": RUNS}}
    assert {name: counts.execs for name, counts in counted.items()} == expected
    assert {name: counts.logins for name, counts in counted.items()} == expected


def test_every_asset_has_a_record_and_nobody_was_lost(last: Run) -> None:
    assert last.assets() == ASSETS
    for asset in ASSETS:
        statuses = last.statuses(asset)
        assert not statuses["unreachable"], asset
        assert not statuses["timed_out"], asset
    assert last.about()["counts"]["unreachable"] == 0


@pytest.mark.parametrize("asset", ["old-1", "db-1", "new-1"])
def test_root_sees_everything_that_is_there(last: Run, asset: str) -> None:
    statuses = last.statuses(asset)
    assert statuses["denied"] == 0
    assert statuses["collected"] >= 50
    facts = last.sections(asset)["identity"]["facts"]
    assert asset in json.dumps(facts)


def test_a_host_without_python_answers_as_much_as_one_with(last: Run) -> None:
    collected = {a: {n for n, r in last.sections(a).items() if r["status"] == "collected"} for a in ("db-1", "new-1")}
    # `last` has left Debian 13; everything else does not depend on Python
    assert collected["db-1"] - collected["new-1"] <= {"logins", "failed_logins"}


def test_an_account_without_rights_is_denied_and_nothing_of_it_looks_healthy(last: Run) -> None:
    denied = {name for name, row in last.sections("new-1-visitor").items() if row["status"] == "denied"}
    assert {"failed_logins", "journal_errors", "kernel_log"} <= denied
    for rule, judgement in last.verdicts("new-1-visitor").items():
        section = (judgement["reason"] or {}).get("section", rule.split(".")[1])
        if section in denied:
            assert judgement["verdict"] in ("not_collected", "not_applicable"), rule


def test_the_database_is_an_asset_with_facts_of_its_own(last: Run) -> None:
    sections = last.sections("db-1-pg")
    assert {row["status"] for row in sections.values()} == {"collected"}
    assert sections["server"]["facts"]["major"] == 15
    assert "业务库" in [row["name"] for row in sections["databases"]["facts"]["databases"]]
    assert sections["locks_waiting"]["facts"]["waiting"][0]["blockers"]


@pytest.mark.parametrize(
    ("rule", "verdict", "key"),
    [
        ("availability.accepting", "pass", ""),
        ("parameters.durability", "pass", ""),
        ("hba.trust", "fail", "1"),
        ("indexes.valid", "fail", "业务库.public.bills_citizen"),
        ("sequences.headroom", "fail", "业务库.public.nearly_full"),
        ("roles.password_kind", "fail", "legacy"),
        ("roles.superusers", "fail", ""),
        ("archiver.working", "fail", ""),
        ("slots.retained", "warn", "gone_standby"),
    ],
)
def test_what_was_planted_in_the_database_is_found(last: Run, rule: str, verdict: str, key: str) -> None:
    judgement = last.verdicts("db-1-pg")[f"postgresql.{rule}"]
    assert judgement["verdict"] == verdict
    assert not key or key in [item["key"] for item in judgement["items"]]


def test_planted_secrets_are_nowhere(last: Run) -> None:
    secrets = json.loads((Lab.attach().folder / "planted.json").read_text())
    assert len(secrets) > 50
    assert where_kept(STATE, secrets) == []
    # the places they were planted in have been read: marks stand there instead
    marked = {name for name, content in contents(last.folder) if b"<secret:" in content}
    assert {"assets/db-1-pg/raw/settings.txt", "assets/old-1/raw/enabled_services.txt"} <= marked


def test_nothing_was_written_on_the_host(host: Remote) -> None:
    assert not host.exists("python3")
    for home in ("/root", "/home/visitor"):
        assert not host.file(f"{home}/.ansible").exists
    made_at_boot = r"^systemd-private-|^\.[A-Za-z0-9]+-unix$"
    assert host.run(f"ls -A /tmp | grep -vE '{made_at_boot}' || true").stdout == ""
