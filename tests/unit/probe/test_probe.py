"""The probe against servers that answer oddly, late, twice, or not at all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from xunwei import pack as packs
from xunwei.collect import probe, probe_sip, probe_web, probe_wire
from xunwei.collect.access import Access
from xunwei.collect.probe_wire import Knock
from xunwei.lab.kinds import av_sip
from xunwei.lab.kinds.av_streams import rtsp_reply
from xunwei.model import Answer, Asset
from xunwei.pack import Section
from xunwei.words import Status

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OWNER = SimpleNamespace(faults={}, version="V600R019C00SPC400", model="TE40", delay=0.0, port=443)


def ask(settings: dict[str, Any], *questions: str, timeout: float = 1.0, seconds: float = 30.0) -> list[Answer]:
    access = Access(Asset("a", "av_terminal", "audio_video"), "127.0.0.1", settings=settings, timeout=timeout)
    sections = [SimpleNamespace(name=q.replace(" ", "_"), ask=q) for q in questions]
    return probe.ask(
        access, packs.load("av_terminal"), cast("list[Section]", sections), deadline=time.monotonic() + seconds
    )


def knock_at(handler: Handler, client: Callable[[int], Awaitable[Knock]]) -> Knock:
    async def run() -> Knock:
        server = await asyncio.start_server(handler, "127.0.0.1", 0)
        try:
            return await client(server.sockets[0].getsockname()[1])
        finally:
            server.close()

    return asyncio.run(run())


def says(data: bytes) -> Handler:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(data)
        await writer.drain()
        writer.close()

    return serve


class Udp(asyncio.DatagramProtocol):
    """Answers each request with what `make(request, count)` gives."""

    def __init__(self, make: Callable[[str, int], list[bytes]]) -> None:
        self.make, self.seen = make, [""][:0]
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.seen.append(data.decode())
        for answer in self.make(data.decode(), len(self.seen)):
            self.transport.sendto(answer, addr)


def by_udp(make: Callable[[str, int], list[bytes]], seconds: float = 3.0) -> tuple[Knock, list[str]]:
    async def run() -> tuple[Knock, list[str]]:
        loop = asyncio.get_running_loop()
        transport, server = await loop.create_datagram_endpoint(lambda: Udp(make), local_addr=("127.0.0.1", 0))
        port = transport.get_extra_info("sockname")[1]
        try:
            question = probe_sip.Question("127.0.0.1", port, f"sip:127.0.0.1:{port}")
            return await probe_sip.by_udp(question, seconds), server.seen
        finally:
            transport.close()

    return asyncio.run(run())


def right(text: str) -> bytes:
    server = av_sip.SipServer(cast("Any", OWNER), av_sip.Registry())
    answer = server.reply(text, ("127.0.0.1", 5060))
    assert answer is not None
    return answer.encode()


class TestSip:
    """RFC 3261 as a client has to keep to it."""

    @pytest.mark.parametrize("host", ["192.0.2.31", "2001:db8::31", "mcu.conf.example"])
    @pytest.mark.parametrize("transport", ["UDP", "TCP"])
    def test_request_passes_a_strict_parser(self, host: str, transport: str) -> None:
        question = probe_sip.Question(host, 5060, f"sip:{probe_sip.uri_host(host)}:5060")
        message, branch, call = probe_sip.request(question, transport, ("192.0.2.10", 40000))
        request = av_sip.parse(message.decode("ascii"))
        av_sip.check(request)
        assert (request.method, request.version, request.body) == ("OPTIONS", "2.0", "")
        assert request.one("content-length") == "0"
        assert branch in request.one("via")
        assert request.one("call-id").startswith(call)

    def test_no_two_requests_are_alike(self) -> None:
        question = probe_sip.Question("192.0.2.31", 5060, "sip:192.0.2.31:5060")
        made = {probe_sip.request(question, "UDP", ("192.0.2.10", 40000))[1:] for _ in range(50)}
        assert len(made) == 50

    def test_answer(self) -> None:
        knock, seen = by_udp(lambda text, _: [right(text)])
        assert (knock.state, len(seen)) == ("open", 1)
        assert knock.reply.startswith("SIP/2.0 200 OK\n")

    def test_lost_packets_are_sent_again(self) -> None:
        knock, seen = by_udp(lambda text, count: [right(text)] if count == 3 else [])
        assert knock.state == "open"
        assert len(set(seen)) == 1  # the same request, not a new one
        assert 1.4 < knock.seconds < 2.5  # 0.5 s, then 1 s

    def test_provisional_and_strangers_are_no_answer(self) -> None:
        def make(text: str, _: int) -> list[bytes]:
            good = right(text)
            trying = good.replace(b"200 OK", b"100 Trying")
            stranger = good.replace(b"z9hG4bK", b"z9hG4bKother").replace(b"200 OK", b"503 Busy")
            return [b"\0\0", trying, stranger, good]

        knock, _ = by_udp(make)
        assert knock.reply.startswith("SIP/2.0 200 OK\n")

    def test_only_provisional_is_silence(self) -> None:
        knock, _ = by_udp(lambda text, _: [right(text).replace(b"200 OK", b"183 Progress")], seconds=0.4)
        assert (knock.state, knock.reply) == ("silent", "")

    def test_closed_port(self) -> None:
        async def run() -> Knock:
            transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
                lambda: Udp(lambda *_: []), local_addr=("127.0.0.1", 0)
            )
            port = transport.get_extra_info("sockname")[1]
            transport.close()
            await asyncio.sleep(0)
            return await probe_sip.by_udp(probe_sip.Question("127.0.0.1", port, "sip:127.0.0.1"), 2.0)

        assert asyncio.run(run()).state == "refused"

    @pytest.mark.parametrize(
        ("data", "state"),
        [
            (b"", "broken"),
            (b"SIP/2.0 200 OK\r\nVia: x", "broken"),
            (b"HTTP/1.1 400 Bad Request\r\n\r\n", "broken"),
            (b"SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKsomeone\r\n\r\n", "broken"),
        ],
    )
    def test_nonsense_over_tcp(self, data: bytes, state: str) -> None:
        def client(port: int) -> Awaitable[Knock]:
            return probe_sip.by_tcp(probe_sip.Question("127.0.0.1", port, "sip:127.0.0.1"), 2.0)

        assert knock_at(says(data), client).state == state

    @pytest.mark.parametrize("aor", ["1001", "sip:", "sip:a b@conf.example", "sip:1@conf.example\r\nX: y", "tel:1"])
    def test_bad_address_of_record(self, aor: str) -> None:
        [found] = ask({"sip_aor": aor, "sip_registrar": "192.0.2.1"}, "sip OPTIONS registrar")
        assert found.status is Status.UNPARSED
        assert "asset_sip_aor" in found.reason

    @pytest.mark.parametrize("registrar", ["a b", "host:0", "host:99999", "http://192.0.2.1"])
    def test_bad_registrar(self, registrar: str) -> None:
        [found] = ask({"sip_aor": "sip:1@conf.example", "sip_registrar": registrar}, "sip OPTIONS registrar")
        assert found.status is Status.UNPARSED


class TestStrictResponder:
    """The simulator refuses what RFC 3261 refuses: else a healthy answer would prove nothing."""

    GOOD = (
        "OPTIONS sip:192.0.2.31 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKx1\r\nMax-Forwards: 70\r\n"
        "From: <sip:a@192.0.2.10>;tag=1\r\nTo: <sip:192.0.2.31>\r\nCall-ID: c1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    )

    @pytest.mark.parametrize(
        ("old", "new", "status"),
        [
            ("", "", 200),
            ("Max-Forwards: 70\r\n", "", 400),
            (";tag=1", "", 400),
            ("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", 400),
            ("Call-ID: c1\r\n", "", 400),
            ("z9hG4bKx1", "x1", 400),
            ("Content-Length: 0", "Content-Length: 9", 400),
            (" SIP/2.0\r\nVia", " SIP/3.0\r\nVia", 505),
            ("OPTIONS", "PUBLISH", 405),
            ("OPTIONS", "BYE", 481),
            ("OPTIONS sip:192.0.2.31", "OPTIONS sip:9@conf.example", 404),
            ("Via:", "v:", 200),
            ("Call-ID: c1", "Call-ID:\r\n c1", 200),
        ],
    )
    def test_status(self, old: str, new: str, status: int) -> None:
        server = av_sip.SipServer(cast("Any", OWNER), av_sip.Registry())
        answer = server.reply(self.GOOD.replace(old, new) if old else self.GOOD, ("192.0.2.10", 5060))
        assert answer is not None
        assert answer.startswith(f"SIP/2.0 {status} ")

    def test_rtsp(self) -> None:
        question = probe.RTSP_OPTIONS.format(host="192.0.2.40", port=554)
        assert rtsp_reply(cast("Any", OWNER), question.rstrip("\r\n")).startswith("RTSP/1.0 200 OK\r\nCSeq: 1\r\n")
        assert rtsp_reply(cast("Any", OWNER), "OPTIONS * RTSP/1.0").startswith("RTSP/1.0 400")
        assert rtsp_reply(cast("Any", OWNER), "OPTIONS * RTSP/9.0\r\nCSeq: 1").startswith("RTSP/1.0 505")


class TestWeb:
    """The page, in the clear; TLS is in the live test."""

    def page(self, handler: Handler, seconds: float = 1.0) -> Knock:
        return knock_at(handler, lambda port: probe_web.page("127.0.0.1", port, seconds))

    def test_title_and_headers(self) -> None:
        body = b"<html><TITLE>\n A &amp; B\x07\n</TITLE>"
        head = b"HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: id=EXAMPLE\r\nContent-Length: %d\r\n\r\n" % len(body)
        found = self.page(says(head + body))
        assert found.reply.splitlines() == ["HTTP/1.1 200 OK", "Server: x", "Title: A & B\ufffd"]

    @pytest.mark.parametrize(
        "data", [b"", b"SSH-2.0-EXAMPLE\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"]
    )
    def test_broken(self, data: bytes) -> None:
        assert self.page(says(data)).state == "broken"

    def test_endless_page_is_cut(self) -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                for _ in range(200):
                    writer.write(b"x" * 65536)
                    await writer.drain()
            except OSError:
                pass
            writer.close()

        assert self.page(serve, 5.0).state == "open"

    def test_hanging_server(self) -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        started = time.monotonic()
        assert self.page(serve, 0.3).state in ("silent", "broken")
        assert time.monotonic() - started < 3


def test_open_port_that_says_nothing_is_broken_not_open() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    found = knock_at(
        serve, lambda port: probe_wire.exchange("rtsp", "127.0.0.1", port, b"x", 0.2, b"\r\n\r\n", 999)
    )  # fmt: skip
    assert found.state == "broken"


@pytest.mark.parametrize("port", ["x", "-1", "65536", "22.5", "２２"])
def test_bad_port_is_said(port: str) -> None:
    [found] = ask({"rtsp_port": port}, "rtsp OPTIONS")
    assert found.status is Status.UNPARSED
    assert "asset_rtsp_port" in found.reason


def test_no_service_is_unsupported_and_nothing_is_sent() -> None:
    none = dict.fromkeys([f"{s}_port" for s in probe.PORTS], "none")
    found = ask(none, *[q for q in probe.QUESTIONS if q != "tcp ports"])
    assert {a.status for a in found} <= {Status.UNSUPPORTED, Status.UNREACHABLE}
    assert not any(a.raw for a in found)


def test_unknown_question() -> None:
    [found] = ask({}, "ping")
    assert found.status is Status.UNSUPPORTED


def test_closed_host_is_unreachable_everywhere() -> None:
    closed = {f"{s}_port": str(number) for s, number in zip(probe.PORTS, (1, 2, 3, 4, 5, 6), strict=True)}
    found = ask(closed, "tcp ports", "sip OPTIONS", "h323", "https", "tls certificate", "telnet, http", "software")
    assert {a.status for a in found} == {Status.UNREACHABLE}
    assert all("no port answers" in a.reason and not a.raw for a in found)


@pytest.mark.parametrize("address", ["x" * 300, "a..b", "\0", "一" * 80])
def test_what_is_no_address_is_unreachable(address: str) -> None:
    access = Access(Asset("a", "av_terminal", "audio_video"), address, timeout=0.5)
    pack = packs.load("av_terminal")
    for found in probe.ask(access, pack, list(pack.sections.values()), deadline=time.monotonic() + 5):
        assert found.status in (Status.UNREACHABLE, Status.UNSUPPORTED), (found.section, found.status, found.reason)


def test_no_time_left_is_still_an_answer() -> None:
    started = time.monotonic()
    found = ask({"sip_port": "1", "web_port": "2"}, "sip OPTIONS", "https", seconds=-5)
    assert len(found) == 2
    assert time.monotonic() - started < 3
