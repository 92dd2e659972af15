"""The REST collector: what it makes of a login, a session that ends, pages, errors and silence. Nothing secret gets out."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from unit.rest.live import NAME, Product, spec
from xunwei import pack as packs
from xunwei.collect import rest
from xunwei.collect.rest import step
from xunwei.collect.rest_http import Limits, Recipe, pick
from xunwei.lab.harness import Lab
from xunwei.lab.web import Reply
from xunwei.model import Answer
from xunwei.pack import Section
from xunwei.words import Status

OCEAN = "/deviceManager/rest/2102350LAB10F9000001"


@pytest.fixture
def ocean() -> Iterator[Product]:
    with Lab(specs=[spec("oceanstor")]) as lab:
        yield Product(lab, "oceanstor")


@pytest.fixture
def fusion() -> Iterator[Product]:
    with Lab(specs=[spec("fusioncompute")]) as lab:
        yield Product(lab, "fusioncompute")


def asked(product: Product, method: str = "GET") -> list[str]:
    return [path for m, path, _ in product.server().requests if m == method]


def tree(product: Product) -> dict[str, Any]:
    found: dict[str, Any] = product.server().device.state["tree"]
    return found


def own(product: Product, *asks: str, options: dict[str, Any] | None = None) -> Answer:
    """One section of our own asks over the product's recipe."""
    pack = packs.load(product.platform)
    shape = pack.section("certificate").shape
    section = Section("s", {}, tuple(asks), shape, shape)
    made = replace(pack, options={**pack.options, **(options or {})})
    [answer] = rest.ask(product.access(), made, [section], deadline=time.monotonic() + 30)
    return answer


def test_one_login_every_resource_once_and_a_logout(ocean: Product) -> None:
    ocean.ask()
    posts, gets = asked(ocean, "POST"), asked(ocean)
    assert len(posts) == 1
    assert len(gets) == len(set(gets))
    assert len(asked(ocean, "DELETE")) == 1
    assert ocean.server().manners.sessions == {}


def test_raw_is_sorted_json_of_one_value_a_line(ocean: Product) -> None:
    raw = ocean.ask(["controllers"])["controllers"].raw
    assert raw == json.dumps(json.loads(raw), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("personality", "platform"),
    [
        ("fusioncompute", "fusioncompute"),
        ("backup_commvault", "commvault"),
        ("backup_rubrik", "rubrik"),
        ("oceanstor_distributed", "oceanstor_pacific"),
    ],
)
def test_every_product_refuses_a_wrong_password_in_its_own_words(personality: str, platform: str) -> None:
    with Lab(specs=[spec(personality)]) as lab:
        product = Product(lab, platform)
        found = product.ask(password="not-the-right-one")
        assert {a.status for a in found.values()} == {Status.DENIED}
        assert len(product.server().requests) == 1


def test_a_refused_password_is_tried_once_and_never_told(ocean: Product) -> None:
    found = ocean.ask(password="not-the-right-one")
    assert {a.status for a in found.values()} == {Status.DENIED}
    assert "1077949061" in found["disks"].reason
    assert len(asked(ocean, "POST")) == 1
    assert "not-the-right-one" not in "".join(a.raw + a.reason for a in found.values())


def test_login_refused_fault(ocean: Product) -> None:
    ocean.lab.fault(NAME, "login_refused")
    assert {a.status for a in ocean.ask(["system", "disks"]).values()} == {Status.DENIED}


def test_a_session_that_ended_is_made_anew_once(ocean: Product) -> None:
    server = ocean.server()
    reply, seen = server.reply, []

    def forgetful(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if path.endswith("/controller") and not seen:
            seen.append(path)
            server.manners.sessions.clear()
        answer: Reply = reply(method, path, headers, body)
        return answer

    server.reply = forgetful
    found = ocean.ask(["system", "controllers", "power"])
    assert {a.status for a in found.values()} == {Status.COLLECTED}
    assert len(asked(ocean, "POST")) == 2


def test_a_session_that_ends_again_and_again_is_denied(ocean: Product) -> None:
    server = ocean.server()
    reply = server.reply

    def hostile(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if method == "GET":
            server.manners.sessions.clear()
        answer: Reply = reply(method, path, headers, body)
        return answer

    server.reply = hostile
    found = ocean.ask(["system", "controllers", "power"])
    assert {a.status for a in found.values()} == {Status.DENIED}
    assert len(asked(ocean, "POST")) == 2


def test_http_401_ends_a_session_too(fusion: Product) -> None:
    fusion.ask(["sites"])
    server = fusion.server()
    reply, seen = server.reply, []

    def forgetful(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if "/hosts" in path and not seen:
            seen.append(path)
            server.manners.sessions.clear()
        answer: Reply = reply(method, path, headers, body)
        return answer

    server.reply = forgetful
    assert fusion.ask(["hosts"])["hosts"].status is Status.COLLECTED


@pytest.mark.parametrize(
    ("fault", "status"), [("garbage", "unparsed"), ("truncated_output", "unparsed"), ("http_500", "unparsed")]
)
def test_broken_answers_are_unparsed_with_raw(ocean: Product, fault: str, status: str) -> None:
    ocean.lab.fault(NAME, fault)
    answer = ocean.ask(["controllers"])["controllers"]
    assert answer.status.value == status
    assert answer.reason
    assert "@xunwei.failed" in answer.raw


def test_what_the_product_does_not_know_is_unsupported(ocean: Product) -> None:
    del tree(ocean)["HyperMetroPair"]
    answer = ocean.ask(["hypermetro"])["hypermetro"]
    assert answer.status is Status.UNSUPPORTED
    assert "1077949004" in answer.reason


def test_an_error_nobody_explained_is_unparsed(ocean: Product) -> None:
    server = ocean.server()
    reply = server.reply

    def busy(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if path.endswith("/fan"):
            return Reply(200, {"data": {}, "error": {"code": 1077949002, "description": "The operation failed."}})
        answer: Reply = reply(method, path, headers, body)
        return answer

    server.reply = busy
    answer = ocean.ask(["fans"])["fans"]
    assert (answer.status, answer.reason) == (Status.UNPARSED, "error 1077949002: The operation failed.")


def test_an_answer_without_its_result_code_is_unparsed(ocean: Product) -> None:
    manners = ocean.server().manners
    answer_of = manners.answer
    manners.answer = lambda request, found: Reply(200, {"data": answer_of(request, found).body["data"]})
    answer = ocean.ask(["fans"])["fans"]
    assert (answer.status, answer.reason) == (Status.UNPARSED, "an answer without a result code")


def test_wrong_certificate_sends_nothing(ocean: Product) -> None:
    answer = ocean.ask(["system"], settings={"tls_fingerprint": "ab" * 32})["system"]
    assert answer.status is Status.UNREACHABLE
    assert "not the pinned" in answer.reason
    assert ocean.server().requests == []


def test_no_certificate_to_verify_with_is_said(ocean: Product) -> None:
    answer = ocean.ask(["system"], settings={})["system"]
    assert answer.status is Status.UNREACHABLE
    assert ocean.server().requests == []


def test_nothing_listens(ocean: Product) -> None:
    assert ocean.ask(["system"], port=1)["system"].status is Status.UNREACHABLE


def test_a_hanging_product_times_out(ocean: Product) -> None:
    ocean.lab.fault(NAME, "hang")
    found = ocean.ask(["system", "disks"], seconds=1.0)
    assert {a.status for a in found.values()} == {Status.TIMED_OUT}


def test_nothing_secret_is_in_any_answer(ocean: Product, fusion: Product) -> None:
    for product in (ocean, fusion):
        server = product.server()
        opened: list[str] = []
        make = server.manners.opened
        server.manners.opened = lambda make=make, opened=opened: opened.append(make()) or opened[-1]
        reply = server.reply

        def echo(method: str, path: str, headers: dict[str, str], body: bytes, reply: Any = reply) -> Reply:
            answer: Reply = reply(method, path, headers, body)
            if method == "GET" and isinstance(answer.body, dict):
                said = [*headers.values(), base64.b64encode(b"lab-inspector-1").decode()]
                return Reply(answer.status, {**answer.body, "echo": said}, answer.headers)
            return answer

        server.reply = echo
        found = product.ask()
        text = "".join(a.raw + a.reason for a in found.values())
        password = product.lab.password
        assert "[secret]" in text
        assert opened
        for secret in (*opened, *(t[::-1] for t in opened), password, hashlib.sha256(password.encode()).hexdigest()):
            assert secret not in text


def test_pages_are_one_list(fusion: Product) -> None:
    vms = tree(fusion)["/service/sites/4A5B06C7/vms"]["vms"]
    vms += [{**vms[0], "name": f"vm-more-{i}", "uri": f"/service/sites/4A5B06C7/vms/i-{i:08x}"} for i in range(300)]
    answer = fusion.ask(["vms"])["vms"]
    [body] = [b for p, b in json.loads(answer.raw).items() if p.endswith("/vms")]
    assert len(body["vms"]) == 305
    assert sum("/vms?" in p for p in asked(fusion)) == 4


def test_too_many_pages_are_no_complete_list(fusion: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    vms = tree(fusion)["/service/sites/4A5B06C7/vms"]["vms"]
    vms += [{**vms[0], "name": f"vm-more-{i}"} for i in range(300)]
    monkeypatch.setattr("xunwei.collect.rest.Limits", lambda: Limits(pages=2))
    answer = fusion.ask(["vms"])["vms"]
    assert '"@xunwei.clipped": 200' in answer.raw


def test_a_service_that_does_not_page_is_read_once_more_only(ocean: Product) -> None:
    data = tree(ocean)["disk"]["data"]
    data += [{**data[0], "ID": str(100 + i)} for i in range(100 - len(data))]
    server = ocean.server()
    answer_of = server.manners.answer
    server.manners.answer = lambda request, found: answer_of(request._replace(query=""), found)
    answer = ocean.ask(["disks"])["disks"]
    assert len(json.loads(answer.raw)[f"{OCEAN}/disk"]["data"]) == 100
    assert sum("/disk" in p for p in asked(ocean)) == 2


def test_a_page_that_fails_fails_the_list(fusion: Product) -> None:
    vms = tree(fusion)["/service/sites/4A5B06C7/vms"]["vms"]
    vms += [{**vms[0], "name": f"vm-more-{i}"} for i in range(120)]
    server = fusion.server()
    reply = server.reply

    def second_fails(method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        if "offset=100" in path:
            return Reply(500, text="no")
        answer: Reply = reply(method, path, headers, body)
        return answer

    server.reply = second_fails
    assert fusion.ask(["vms"])["vms"].status is Status.UNPARSED


def test_ways_and_alternatives(fusion: Product) -> None:
    answer = own(fusion, "/service/sites => sites.uri => {}/nothing || /service/sites => sites.uri => {}/clusters")
    assert answer.status is Status.COLLECTED
    assert "cluster-biz" in answer.raw
    missing = own(fusion, "/service/sites => sites.uri => {}/nothing")
    assert missing.status is Status.UNSUPPORTED
    led_nowhere = own(fusion, "/service/sites => sites.nothing => {}/hosts")
    assert led_nowhere.status is Status.COLLECTED
    assert "/service/sites" in led_nowhere.raw


def test_basic_authentication_and_no_login(ocean: Product) -> None:
    answer = own(ocean, "/deviceManager/rest/x/disk", options={"login": {"basic": True}})
    assert answer.status is Status.DENIED  # the array wants its token; the point is that nothing else went wrong
    assert own(ocean, "/deviceManager/rest/x/disk", options={"login": {}}).status is Status.DENIED
    assert asked(ocean, "POST") == []


def test_a_login_answer_without_its_token_is_no_session(ocean: Product) -> None:
    ocean.server().manners._ok = lambda _: Reply(200, {"data": {}, "error": {"code": 0}})
    answer = ocean.ask(["system"])["system"]
    assert answer.status is Status.UNPARSED
    assert "deviceid" in answer.reason


def test_a_foreign_web_server_is_not_taken_for_the_product(ocean: Product) -> None:
    ocean.server().reply = lambda *_: Reply(200, text="<html>hello</html>", content_type="text/html")
    found = ocean.ask(["system", "disks"])
    assert {a.status for a in found.values()} == {Status.UNPARSED}


def test_words_of_an_ask() -> None:
    assert step("disk #range") == ("GET", "disk", "range", False, "")
    assert step("POST {}/alarms/activeAlarms") == ("POST", "{}/alarms/activeAlarms", "", False, "")
    assert step("system_utc_time #clock").clock
    with pytest.raises(ValueError, match="not a resource"):
        step("two words here")


def test_pick_and_recipe() -> None:
    assert pick({"a": [{"b": 3}]}, "a.0.b") == 3
    assert pick({"a": 1}, "a.b") is None
    assert pick({"a": 1}, "") is None
    with pytest.raises(TypeError):
        Recipe.of({"porrt": 1})
