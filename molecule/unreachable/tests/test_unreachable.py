"""A host that accepts connections and never answers, a database that is stopped: what the others get."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.containers.evidence import Run, runs

STATE = Path(os.environ["XUNWEI_STATE"])
testinfra_hosts = ["new-1"]


@pytest.fixture(scope="session")
def last() -> Run:
    return runs(STATE)[-1]


def test_the_frozen_host_is_a_row_with_its_reason(last: Run) -> None:
    sections = last.sections("old-1")
    assert {row["status"] for row in sections.values()} == {"unreachable"}
    assert all(row["reason"] for row in sections.values())
    verdicts = {judgement["verdict"] for judgement in last.verdicts("old-1").values()}
    assert verdicts == {"not_collected"}


@pytest.mark.parametrize("asset", ["db-1", "new-1"])
def test_the_others_are_collected_as_ever(last: Run, asset: str) -> None:
    assert last.statuses(asset)["collected"] >= 50
    assert last.statuses(asset)["unreachable"] == 0


def test_a_stopped_database_fails_and_nothing_of_it_passes(last: Run) -> None:
    sections = last.sections("db-1-pg")
    assert sections["availability"]["facts"]["state"] == "no_response"
    others = {name: row for name, row in sections.items() if name != "availability"}
    assert {row["status"] for row in others.values()} == {"unsupported"}
    assert all("no server answers" in row["reason"] for row in others.values())
    verdicts = {rule: judgement["verdict"] for rule, judgement in last.verdicts("db-1-pg").items()}
    assert verdicts.pop("postgresql.availability.accepting") == "fail"
    assert set(verdicts.values()) == {"not_collected"}


def test_the_run_is_sealed_all_the_same(last: Run) -> None:
    assert last.about()["counts"]["unreachable"] == 1
    assert last.unsealed() == []
    assert last.signature_problem(STATE / "keys") == ""
