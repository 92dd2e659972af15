"""The collector against the lab BMC and small hostile services."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect.redfish import Limits, Target, collect
from xunwei.lab import bmc
from xunwei.lab.tls import identity
from xunwei.model import Answer
from xunwei.parse.engine import parse
from xunwei.words import Status

ROOT = "/redfish/v1/"
TEMPERATURE = "/redfish/v1/Chassis/*/Thermal"
SESSIONS = "/redfish/v1/SessionService/Sessions"


def test_every_section_of_the_lab_is_collected_and_parsed(lab_bmc: Any) -> None:
    device = lab_bmc()
    answers = device.ask_all()
    pack = packs.load("redfish")
    statuses = {name: answer.status for name, answer in answers.items()}
    assert statuses.pop("licenses") is Status.UNSUPPORTED
    assert set(statuses.values()) == {Status.COLLECTED}
    for name in statuses:
        parsed = parse(pack, name, answers[name].raw)
        assert parsed.status is Status.COLLECTED, (name, parsed.reason)


def test_one_login_and_every_resource_once(lab_bmc: Any) -> None:
    device = lab_bmc()
    device.ask_all()
    gets = [path for method, path, _ in device.log if method == "GET"]
    assert len(gets) == len(set(gets))
    assert [(m, s) for m, p, s in device.log if p.startswith(SESSIONS)] == [("POST", 201), ("DELETE", 200)]
    assert device.server.sessions == {}
    assert all(status == 200 for method, _, status in device.log if method == "GET")


def test_raw_is_sorted_json_of_one_value_a_line(lab_bmc: Any) -> None:
    raw = lab_bmc().ask(TEMPERATURE).raw
    assert raw == json.dumps(json.loads(raw), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_no_token_and_no_password_in_any_answer(lab_bmc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xunwei.lab.bmc.secrets.token_hex", lambda n: "t0ken" * 6)
    device = lab_bmc(state={"product": {"asset_tag": "t0ken" * 6}, "volumes": []})
    answers = device.ask_all()
    everything = json.dumps([a.as_json() for a in answers.values()])
    assert "t0kent0ken" not in everything
    assert "lab-inspector-1" not in everything
    assert "[secret]" in answers["system"].raw
    assert "lab-inspector-1" not in repr(device.target())


def test_session_is_deleted_after_a_failure(lab_bmc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    device = lab_bmc()

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("xunwei.collect.redfish._Walk.pattern", broken)
    with pytest.raises(RuntimeError):
        device.ask(TEMPERATURE)
    assert ("DELETE", 200) in [(m, s) for m, _, s in device.log]
    assert device.server.sessions == {}


# -- TLS ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["ca", "hex", "sha256:", "colons"])
def test_right_certificate(lab_bmc: Any, form: str) -> None:
    device = lab_bmc()
    pin = device.fingerprint
    colons = ":".join(pin[i : i + 2] for i in range(0, 64, 2)).upper()
    verify = {"ca": str(device.certificate), "hex": pin, "sha256:": f"sha256:{pin}", "colons": colons}[form]
    assert device.ask(TEMPERATURE, verify=verify).status is Status.COLLECTED


def test_wrong_certificate_sends_nothing(lab_bmc: Any, tree_server: Any) -> None:
    device, other = lab_bmc(), tree_server({})
    for verify in ("ab" * 32, str(other.certificate)):
        answer = device.ask(TEMPERATURE, verify=verify)
        assert answer.status is Status.UNREACHABLE
        assert "certificate" in answer.reason
    assert device.log == []


def test_name_must_match_when_a_ca_is_used(tmp_path: Path) -> None:
    own = identity(tmp_path, "bmc-test-2", "127.0.0.1")
    section = SimpleNamespace(name="fans", ask=TEMPERATURE, timeout=5)

    async def run(verify: str) -> Answer:
        device = bmc.Bmc({}, own)
        await device.listen("127.0.0.2", 0)  # an address that the certificate does not name
        target = Target("127.0.0.2", device.port, "inspector", "lab-inspector-1", verify)
        [answer] = await asyncio.to_thread(collect, target, [section], deadline=time.monotonic() + 10)
        assert answer.status is Status.COLLECTED or device.requests == []
        await device.close()
        return answer

    refused = asyncio.run(run(str(own.certificate)))
    assert refused.status is Status.UNREACHABLE
    assert "IP address mismatch" in refused.reason
    assert asyncio.run(run(own.fingerprint)).status is Status.COLLECTED


def test_missing_ca_file_is_said(lab_bmc: Any) -> None:
    answer = lab_bmc().ask(TEMPERATURE, verify="/nonexistent/ca.pem")
    assert answer.status is Status.UNREACHABLE
    assert "CA file /nonexistent/ca.pem cannot be used" in answer.reason


def test_environment_has_no_say(lab_bmc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    assert lab_bmc().ask(TEMPERATURE).status is Status.COLLECTED


def test_certificate_facts(lab_bmc: Any) -> None:
    device = lab_bmc()
    facts = json.loads(device.ask("tls:certificate").raw)["tls:certificate"]
    assert facts["sha256"] == device.fingerprint
    assert (facts["self_signed"], facts["key"], facts["key_bits"]) == (True, "RSA", 2048)
    assert facts["tls_version"].startswith("TLSv1.")
    assert "127.0.0.1" in facts["names"]


# -- login -------------------------------------------------------------------------------------------------------------


def test_refused_login_is_denied_and_tried_once(lab_bmc: Any) -> None:
    device = lab_bmc()
    answers = device.ask_all(["service_root", "fans", "drives", "certificate"], password="lab-wrong-1")
    assert [answers[n].status for n in ("fans", "drives")] == [Status.DENIED] * 2
    assert "login refused: HTTP 401" in answers["fans"].reason
    assert "LoginFailed" in answers["fans"].reason
    assert answers["service_root"].status is Status.COLLECTED
    assert answers["certificate"].status is Status.COLLECTED
    assert [p for _, p, _ in device.log] == [ROOT, SESSIONS]


def test_full_session_table_is_denied(lab_bmc: Any) -> None:
    device = lab_bmc(state={"sessions": {"limit": 0}})
    answer = device.ask(TEMPERATURE)
    assert answer.status is Status.DENIED
    assert "SessionLimitExceeded" in answer.reason


def test_without_session_service_basic_authentication_is_said(lab_bmc: Any) -> None:
    device = lab_bmc(state={"sessions": {"service": False}})
    answer = device.ask(TEMPERATURE, "session:login")
    assert answer.status is Status.COLLECTED
    assert answer.reason.startswith("basic authentication")
    assert json.loads(answer.raw)["session:login"]["method"] == "basic"
    wrong = device.ask(TEMPERATURE, password="lab-wrong-1")
    assert wrong.status is Status.DENIED


# -- what services do --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["garbage", "truncated_output"])
def test_broken_answers_are_unparsed_with_raw(lab_bmc: Any, fault: str) -> None:
    device = lab_bmc(faults={fault: True})
    answer = device.ask(TEMPERATURE)
    assert answer.status is Status.UNPARSED
    assert answer.raw
    assert answer.reason
    assert device.server.sessions == {}
    if fault == "garbage":
        assert "iBMC is busy" in answer.raw


def test_hanging_device_times_out_once(lab_bmc: Any) -> None:
    device = lab_bmc(faults={"hang": True})
    answers = device.ask_all(["system", "fans", "drives"], timeout=1.0)
    assert {a.status for a in answers.values()} == {Status.TIMED_OUT}
    assert {a.reason for a in answers.values()} == {"no answer from /redfish/v1/ in 1.0 s"}


def test_slow_device_loses_only_what_takes_too_long(lab_bmc: Any) -> None:
    device = lab_bmc(faults={"slow": 0.12})
    sections = [
        SimpleNamespace(name="memory", ask="/redfish/v1/Systems/*/Memory/*", timeout=0.5),
        SimpleNamespace(name="thermal", ask=TEMPERATURE, timeout=5),
    ]
    found = collect(device.target(), sections, deadline=time.monotonic() + 10)
    assert [a.status for a in found] == [Status.TIMED_OUT, Status.COLLECTED]
    assert device.server.sessions == {}


def test_device_that_stops_answering_is_not_waited_for_again(lab_bmc: Any) -> None:
    device = lab_bmc()
    names = ("system", "fans", "memory", "drives", "volumes")
    pack = packs.load("redfish")
    sections = [SimpleNamespace(name=n, ask=pack.sections[n].asks, timeout=1.0) for n in names]
    reply = device.server.reply

    def then_hang(method: str, path: str, headers: Any, body: Any) -> Any:
        answer = reply(method, path, headers, body)
        if path.endswith("/Systems/1"):
            device.server.set_fault("hang", True)
        return answer

    device.server.reply = then_hang
    found = collect(device.target(timeout=1.0), sections, deadline=time.monotonic() + 20)
    assert [a.status for a in found] == [Status.COLLECTED, *[Status.TIMED_OUT] * 4]
    assert found[-1].reason == "the device had stopped answering"


def test_nothing_listens(lab_bmc: Any) -> None:
    device = lab_bmc()
    answers = device.ask_all(["fans", "drives"])
    device.port = 1
    answers = device.ask_all(["fans", "drives"])
    assert {a.status for a in answers.values()} == {Status.UNREACHABLE}
    assert len({a.reason for a in answers.values()}) == 1


def minimal(**more: Any) -> dict[str, Any]:
    root = {
        "@odata.type": "#ServiceRoot.v1_0_2.ServiceRoot",
        "Links": {"Sessions": {"@odata.id": SESSIONS}},
        "Things": {"@odata.id": "/redfish/v1/Things"},
    }
    things = {"Members": [{"@odata.id": f"/redfish/v1/Things/{n}"} for n in (1, 2)]}
    tree = {"/redfish/v1": root, "/redfish/v1/Things": things}
    tree |= {f"/redfish/v1/Things/{n}": {"Id": str(n)} for n in (1, 2)}
    return {**tree, **more}


def test_forbidden_member_stays_as_not_seen(tree_server: Any) -> None:
    answer = tree_server(minimal(**{"/redfish/v1/Things/2": 403})).ask("/redfish/v1/Things/*")
    assert answer.status is Status.COLLECTED
    failed = json.loads(answer.raw)["/redfish/v1/Things/2"]["@xunwei.failed"]
    assert (failed["kind"], failed["http"]) == ("denied", 403)


@pytest.mark.parametrize(
    ("code", "status"), [(401, Status.DENIED), (403, Status.DENIED), (404, Status.UNSUPPORTED), (500, Status.UNPARSED)]
)
def test_http_codes(tree_server: Any, code: int, status: Status) -> None:
    answer = tree_server(minimal(**{"/redfish/v1/Things": code})).ask("/redfish/v1/Things/*")
    assert answer.status is status
    assert f"HTTP {code}" in answer.reason


def test_collection_half_forbidden_is_not_a_short_list(tree_server: Any) -> None:
    """A page that cannot be read makes the whole list unknown: its first page alone would look complete."""
    things = {"Members": [{"@odata.id": "/redfish/v1/Things/1"}], "Members@odata.nextLink": "/redfish/v1/Things?p=2"}
    tree = minimal(**{"/redfish/v1/Things": things, "/redfish/v1/Things?p=2": 403})
    assert tree_server(tree).ask("/redfish/v1/Things/*").status is Status.DENIED


def test_pages_are_followed_and_loops_are_not(tree_server: Any) -> None:
    first = {"Members": [{"@odata.id": "/redfish/v1/Things/1"}], "Members@odata.nextLink": "/redfish/v1/Things?p=2"}
    second = {"Members": [{"@odata.id": "/redfish/v1/Things/2"}], "Members@odata.nextLink": "/redfish/v1/Things"}
    answer = tree_server(minimal(**{"/redfish/v1/Things": first, "/redfish/v1/Things?p=2": second})).ask(
        "/redfish/v1/Things/*"
    )
    raw = json.loads(answer.raw)
    assert {"/redfish/v1/Things/1", "/redfish/v1/Things/2"} <= set(raw)
    assert raw["/redfish/v1/Things?clipped"]["complete"] is False


@pytest.mark.parametrize("following", [7, {"a": 1}, ["/redfish/v1/Things?p=2"]])
def test_next_page_that_is_no_link(tree_server: Any, following: Any) -> None:
    things = {"Members": [{"@odata.id": "/redfish/v1/Things/1"}], "Members@odata.nextLink": following}
    assert tree_server(minimal(**{"/redfish/v1/Things": things})).ask("/redfish/v1/Things/*").status is Status.UNPARSED


def test_fewer_members_than_counted_is_said(tree_server: Any) -> None:
    things = {"Members": [{"@odata.id": "/redfish/v1/Things/1"}], "Members@odata.count": 5}
    raw = json.loads(tree_server(minimal(**{"/redfish/v1/Things": things})).ask("/redfish/v1/Things/*").raw)
    assert raw["/redfish/v1/Things?clipped"]["complete"] is False


def test_session_service_that_answers_404_is_basic(tree_server: Any) -> None:
    device = tree_server(minimal(), sessions=False)
    answer = device.ask("/redfish/v1/Things/*", "session:login")
    assert json.loads(answer.raw)["session:login"]["method"] == "basic"
    assert [m for m, _, _ in device.log].count("DELETE") == 0


def test_empty_collection_is_empty(tree_server: Any) -> None:
    answer = tree_server(minimal(**{"/redfish/v1/Things": {"Members": []}})).ask("/redfish/v1/Things/*")
    assert answer.status is Status.EMPTY
    assert "/redfish/v1/Things" in answer.reason


def test_links_out_of_the_service_are_not_followed(tree_server: Any) -> None:
    bad = ["https://127.0.0.1:1/redfish/v1/x", "//evil.example/redfish/v1", "/etc/passwd", "/redfish/v1/../x", 7, None]
    tree = minimal(**{"/redfish/v1/Things": {"Members": [{"@odata.id": b} for b in bad]}})
    device = tree_server(tree)
    answer = device.ask("/redfish/v1/Things/*")
    assert answer.status is Status.UNPARSED
    assert {p for _, p, _ in device.log} == {ROOT, SESSIONS, f"{SESSIONS}/1", "/redfish/v1/Things"}


def test_alternative_is_walked_only_when_the_first_leads_nowhere(tree_server: Any) -> None:
    device = tree_server(minimal())
    first = device.ask("/redfish/v1/Things/*|/redfish/v1/Nothing/*")
    second = device.ask("/redfish/v1/Nothing/*|/redfish/v1/Things/*")
    assert first.raw == second.raw
    assert device.ask("/redfish/v1/Nothing/*|/redfish/v1/Nowhere").status is Status.UNSUPPORTED


def test_bounds(tree_server: Any) -> None:
    tree = minimal(**{"/redfish/v1/Things/1": {"Id": "1", "Text": "x" * 4000}})
    device = tree_server(tree)
    small = device.ask("/redfish/v1/Things/*", limits=Limits(resource_bytes=2000))
    assert "larger than 2000 bytes" in small.raw
    few = device.ask("/redfish/v1/Things/*", limits=Limits(requests=4))
    assert "stopped after 4 requests" in few.raw
    assert few.status is Status.COLLECTED
    little = device.ask("/redfish/v1/Things/*", limits=Limits(total_bytes=10))
    assert little.status is Status.UNPARSED


@pytest.mark.parametrize("body", ["[" * 100_000, "NaN", '{"a": NaN}', "\x00", "\ufeff{}", '"text"', "[1]"])
def test_odd_json_is_no_traceback(tree_server: Any, body: str) -> None:
    answer = tree_server(minimal(**{"/redfish/v1/Things": body})).ask("/redfish/v1/Things/*")
    assert answer.status is Status.UNPARSED


@pytest.mark.parametrize(
    ("root", "status"),
    [(404, Status.UNSUPPORTED), (503, Status.UNREACHABLE), ("<html>", Status.UNPARSED), ([], Status.UNPARSED)],
)
def test_no_redfish_here(tree_server: Any, root: Any, status: Status) -> None:
    answer = tree_server({"/redfish/v1": root}).ask("/redfish/v1/Things/*")
    assert answer.status is status
    assert answer.reason.startswith("no Redfish service")


def test_lines_of_evidence_survive_odd_line_breaks(tree_server: Any) -> None:
    tree = minimal(**{"/redfish/v1/Things/1": {"A": "x\u2028y\x85z", "B": "end"}})
    raw = tree_server(tree).ask("/redfish/v1/Things/*").raw
    assert raw.splitlines() == raw.split("\n")[:-1]
    assert json.loads(raw)["/redfish/v1/Things/1"]["A"] == "x\u2028y\x85z"


def test_log_is_clipped_by_severity_then_time(lab_bmc: Any) -> None:
    entries = [[n, "Critical" if n == 90 else "OK", "0x1", f"event {n}"] for n in range(100, 0, -1)]
    answer = lab_bmc(state={"log": entries}).ask("/redfish/v1/Systems/*/LogServices/*/Entries/*?last=3")
    raw = json.loads(answer.raw)
    clip = raw.pop("/redfish/v1/Systems/1/LogServices/Log1/Entries?clipped")
    assert (clip["kept"], clip["read"], clip["complete"]) == (3, 100, True)
    assert sorted(e["Message"] for e in raw.values()) == ["event 1", "event 2", "event 90"]
