"""What the collector makes of a server that refuses, hangs, lies or breaks off; that it asks only what reads."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from pyVmomi import vim

from xunwei.collect import vsphere
from xunwei.collect.vsphere_plain import Path, plain, question
from xunwei.words import Status

from .conftest import PACK, Vcenter

Start = Callable[..., Vcenter]


def statuses(server: Vcenter, *names: str, **words: Any) -> set[Status]:
    return {a.status for a in server.ask(*names, **words)}


def test_a_wrong_password_is_denied_once(start: Start) -> None:
    server = start()
    answers = server.ask(password="not-the-password-1")
    assert {a.status for a in answers} == {Status.DENIED}
    assert "InvalidLogin" in answers[0].reason
    posts = [r for r in server.lab._estate.servers["vc-1"].requests if r[0] == "POST"]  # type: ignore[attr-defined]
    assert len(posts) == 2  # service content and one login: an account must not be locked


def test_a_wrong_certificate_is_unreachable_before_anything_is_sent(start: Start) -> None:
    server = start()
    answers = server.ask(settings={"tls_fingerprint": "ab" * 32})
    assert {a.status for a in answers} == {Status.UNREACHABLE}
    assert "pinned" in answers[0].reason
    assert server.lab._estate.servers["vc-1"].requests == []  # type: ignore[attr-defined]
    assert statuses(server, "about", settings={}) == {Status.UNREACHABLE}  # no mode without verification


def test_nobody_there(start: Start) -> None:
    assert statuses(start(), "about", "hosts", port=1) == {Status.UNREACHABLE}


def test_sessions_are_closed(start: Start) -> None:
    server = start()
    server.ask()
    assert server.lab.state("vc-1")["sessions"] == 0
    assert server.lab.state("vc-1")["logins"] == 1


def test_an_account_without_rights_is_denied_not_empty(start: Start) -> None:
    found = {a.section: a.status for a in start(no_rights=True).ask()}
    assert {s for n, s in found.items() if n not in ("about", "certificate")} == {Status.DENIED}


@pytest.mark.parametrize("fault", ["http_500", "garbage", "truncated_output"])
def test_a_broken_server_gives_no_facts(start: Start, fault: str) -> None:
    assert not statuses(start(**{fault: True}), "about", "hosts", "vms") & {Status.COLLECTED, Status.EMPTY}


def test_a_server_that_breaks_after_the_login(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = start()
    log_in = vsphere._Session.log_in

    def then_break(self: Any, user: str, password: str) -> None:
        log_in(self, user, password)
        server.lab.fault("vc-1", "truncated_output")

    monkeypatch.setattr(vsphere._Session, "log_in", then_break)
    assert statuses(server, "hosts", "vms", "licenses", "alarms", "events") == {Status.UNPARSED}


def test_a_hanging_server_is_given_up(start: Start) -> None:
    server = start(hang=True)
    began = time.monotonic()
    assert statuses(server, timeout=0.5) == {Status.TIMED_OUT}
    assert time.monotonic() - began < 5


def test_an_expired_session_is_denied(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = start()
    log_in = vsphere._Session.log_in

    def then_expire(self: Any, user: str, password: str) -> None:
        log_in(self, user, password)
        server.lab._estate.servers["vc-1"].service.sessions.clear()  # type: ignore[attr-defined]

    monkeypatch.setattr(vsphere._Session, "log_in", then_expire)
    assert statuses(server, "hosts", "licenses", "events") == {Status.DENIED}


def test_pages_are_followed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = start()
    [whole] = server.ask("vms")
    monkeypatch.setattr(vsphere, "PAGE", 7)
    [paged] = server.ask("vms")
    assert paged.raw == whole.raw
    assert paged.raw.count('"vm-10') == 25
    monkeypatch.setattr(vsphere, "MOST", 10)
    assert statuses(server, "vms") == {Status.UNPARSED}


def test_an_unknown_property_is_marked(start: Start) -> None:
    server = start()
    session_answers = []
    original = vsphere.question

    def more(ask: Any) -> Any:
        asked = original(ask)
        return type(asked)(asked.kind, (*asked.paths, Path("summary.noSuchThing")), asked.words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vsphere, "question", more)
        session_answers = server.ask("datastores")
    assert session_answers[0].status is Status.COLLECTED
    assert '"summary.noSuchThing": {\n    "@failed": "InvalidProperty"' in session_answers[0].raw


def test_secrets_are_in_no_answer(start: Start) -> None:
    server = start()
    keys = [entry["key"] for entry in server.lab._estate.servers["vc-1"].content["licenses"]]  # type: ignore[attr-defined]
    text = "".join(a.raw + a.reason for a in server.ask())
    assert not [s for s in (*keys, server.lab.password) if s in text]


def test_only_reading_calls_exist_in_the_collector() -> None:
    names = set()
    for path in (vsphere.__file__, vsphere.__file__.replace("vsphere.py", "vsphere_stub.py")):
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            names |= set(re.findall(r"\.([A-Z]\w+)\(", file.read()))
    calls = {
        n
        for n in names
        if not n.endswith(("Spec", "Options", "Error", "ByTime", "Deserializer", "ServiceInstance", "Path"))
    }
    assert calls <= {
        "RetrieveContent", "Login", "Logout", "CurrentTime", "CreateContainerView", "DestroyView", "RetrievePropertiesEx",
        "ContinueRetrievePropertiesEx", "CancelRetrievePropertiesEx", "QueryEvents", "GetServiceVersions", "BytesIO", "Deserialize",
        "SerializeRequest",
    }  # fmt: skip


def test_questions_of_the_pack_are_understood() -> None:
    for section in PACK.sections.values():
        asked = question(section.asks[0])
        assert asked.kind in ("About", "Certificate", "Licenses", "Alarms", "Events") or hasattr(vim, asked.kind)


@pytest.mark.parametrize("text", ["", "hosts", "HostSystem name"])
def test_other_questions_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a question"):
        question(text)


def test_plain_values() -> None:
    made = vim.VirtualMachineSnapshotTree(name="a", id=3, quiesced=True, vm=vim.VirtualMachine("vm-1", None))
    assert plain(made) == {"name": "a", "description": "", "id": 3, "quiesced": True, "vm": "VirtualMachine:vm-1"}
