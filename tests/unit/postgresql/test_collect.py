"""The pack's shell text against stand-ins for psql and pg_isready: how each way of not answering ends a section."""

from __future__ import annotations

import datetime as dt
import getpass
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.model import Answer
from xunwei.words import Status

PACK = packs.load("postgresql")
Ask = Callable[..., dict[str, Answer]]
MARK = "mark0123456789"
# Answers every question asked on stdin: one row for `server`, the names of two databases, nothing for the others.
ANSWERING = r"""
awk -v base="$base" '
  /^\\echo xw-pg / { name = $3; if (seen[name]++) next; print "xw-pg " name
    if (name == "server") print "{\"version\":\"x\"}\n-- 1 rows"
    else if (name == "names") print "{\"name\":\"orders\"}\n{\"name\":\"odd=name\"}\n-- 2 rows"
    else if (name == "hba") print "-- error 42501 permission denied for view pg_hba_file_rules"
    else if (name == "wal") print "-- error 57014 canceling statement due to statement timeout"
    else if (name == "checkpoints") print "-- error 42703 column does not exist"
    else if (name == "roles") next
    else print "-- 0 rows" }'
"""


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def run(psql: str, ready: str = "echo accepting; exit 0", **parameters: str) -> dict[str, Answer]:
        find_base = 'base=; while [ $# -gt 0 ]; do [ "$1" = -d ] && base=$2; shift; done\n'
        for name, body in (("psql", find_base + psql), ("pg_isready", ready)):
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)
        # the stand-ins are found instead of what this machine may have
        parts = [p.read_text() for p in sorted((PACK.folder / "collect").glob("*.sh"))]
        parts.insert(-1, f"pg_find() {{ pg_bin='{tmp_path}'; }}\n")
        given = {"XW_PG_USER": getpass.getuser(), **parameters}
        part = shell.Part("db-1", "".join(parts), list(PACK.sections.values()), given)
        script = shell.build([part], mark=MARK, since=0, limit=60)
        done = subprocess.run(["/bin/sh", "-s"], input=script, capture_output=True, check=False, timeout=60)
        answers = shell.split(done.stdout.decode(), [part], mark=MARK, now=dt.datetime.now(dt.UTC))["db-1"]
        return {answer.section: answer for answer in answers}

    return run


def test_one_session_answers_all_and_each_refusal_has_its_own_status(ask: Ask) -> None:
    found = ask(ANSWERING)
    assert found["server"].raw == '{"version":"x"}\n-- 1 rows\n'
    assert found["databases"].raw == "-- 0 rows\n"
    assert found["hba"].status is Status.DENIED
    assert "permission denied for view" in found["hba"].reason
    assert found["wal"].status is Status.TIMED_OUT
    assert found["checkpoints"].status is Status.UNSUPPORTED
    assert found["roles"].status is Status.COLLECTED
    assert "broke off" in found["roles"].raw


def test_each_database_is_asked_and_an_odd_name_is_said_not_to_be(ask: Ask) -> None:
    lines = ask(ANSWERING)["tables"].raw.splitlines()
    assert lines[:2] == ['-- database "orders"', "-- 0 rows"]
    assert lines[2] == '-- database "odd=name"'
    assert lines[3].startswith("-- error ")


@pytest.mark.parametrize(("code", "word"), [(1, "takes no connections"), (2, "no server answers")])
def test_a_server_that_is_down_is_unsupported_with_the_reason(ask: Ask, code: int, word: str) -> None:
    found = ask("exit 2", f"echo 'socket - not ready'; exit {code}")
    assert found["availability"].status is Status.COLLECTED
    assert f"code={code}" in found["availability"].raw
    others = [answer for name, answer in found.items() if name != "availability"]
    assert {answer.status for answer in others} == {Status.UNSUPPORTED}
    assert all(word in answer.reason and "not ready" in answer.reason for answer in others)


def test_a_refused_login_is_denied_with_what_the_server_said(ask: Ask) -> None:
    found = ask("echo 'psql: error: FATAL: role does not exist' >&2; exit 2")
    assert found["server"].status is Status.DENIED
    assert "role does not exist" in found["server"].reason
    assert found["tables"].status is Status.DENIED


def test_an_account_that_does_not_exist_is_said_so(ask: Ask) -> None:
    found = ask(ANSWERING, XW_PG_USER="no-such-account")
    assert found["server"].status is Status.UNSUPPORTED
    assert "no account no-such-account" in found["server"].reason


def test_text_of_a_statement_is_never_asked_for() -> None:
    script = PACK.script()
    assert "query_start" in script
    assert not any(word in script for word in (" query,", "a.query ", "left(query", ".query,", "SELECT query"))


def test_nothing_is_written_on_the_host() -> None:
    script = PACK.script()
    assert "<<" not in script
    assert "mktemp" not in script
    assert not any(line.split("#")[0].rstrip().endswith(("> /tmp", ">/tmp")) for line in script.splitlines())
