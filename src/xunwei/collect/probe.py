"""Knock at a device that has no login for us: which ports are open, and what SIP, H.323, RTSP and the web page answer.

All probes of one asset run at once; nothing but one harmless question is sent to any port, no account is used. `ask` of a
section is one of the words in `QUESTIONS`. Ports come from the asset's settings (`sip_port`, `h323_port`, `rtsp_port`,
`web_port` (else ansible_port), `http_port`, `telnet_port`); `none` says that the device has no such service. A raw answer is a line
`== SERVICE PORT STATE MILLISECONDS` per knock, followed by what came back. STATE: open, refused, silent, broken.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from xunwei.collect import probe_sip, probe_web
from xunwei.collect.access import Access
from xunwei.collect.probe_wire import Knock, ProbeError, SetupError, connect, exchange
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

PORTS = {"sip": 5060, "h323": 1720, "rtsp": 554, "web": 443, "http": 80, "telnet": 23}
RTSP_OPTIONS = "OPTIONS rtsp://{host}:{port}/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: xunwei\r\n\r\n"
REPLY_BYTES = 16 << 10
SHORTEST = 0.2


@dataclass
class Round:
    """One asset's knocks: each is made once, whoever asks for it."""

    access: Access
    seconds: float
    done: dict[str, asyncio.Task[Knock]] = field(default_factory=dict)

    def port(self, service: str) -> int | None:
        """The port of a service; None when the inventory says there is none. Raises SetupError."""
        usual = self.access.port if service == "web" and self.access.port else PORTS[service]
        text = self.access.setting(f"{service}_port", str(usual))
        if text.lower() in ("none", "0", "false"):
            return None
        if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
            raise SetupError(f"asset_{service}_port is no port: {text[:40]!r}")
        return int(text)

    def wanted(self, service: str) -> int:
        """The port of a service that is asked about. Raises ProbeError where there is none."""
        port = self.port(service)
        if port is None:
            raise ProbeError(Status.UNSUPPORTED, f"the inventory says there is none (asset_{service}_port)")
        return port

    async def knock(self, name: str, make: Callable[[], Awaitable[Knock]]) -> Knock:
        """The knock of that name, made now or shared with the section that asked first."""
        if name not in self.done:
            self.done[name] = asyncio.ensure_future(make())
        return await asyncio.shield(self.done[name])


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One answer per section (`xunwei.collect.access.Ask`). Where no port answers at all, everything is unreachable."""
    seconds = max(SHORTEST, min(access.timeout, deadline - time.monotonic()))
    return asyncio.run(_ask(Round(access, seconds), sections))


async def _ask(round_: Round, sections: Sequence[Section]) -> list[Answer]:
    answers = await asyncio.gather(*(_section(round_, s) for s in sections))
    knocks = [t.result() for t in round_.done.values() if t.done() and not t.cancelled() and t.exception() is None]
    by_snmp = any(_is_snmp(s) and a.status is Status.COLLECTED for s, a in zip(sections, answers, strict=True))
    if knocks and not by_snmp and not any(k.open for k in knocks if k.own):
        reason = "; ".join(sorted({f"{k.service} {k.port} {k.state}" for k in knocks if k.own}))[:200]
        for answer in answers:
            answer.status, answer.raw, answer.reason = Status.UNREACHABLE, "", f"no port answers: {reason}"
    return list(answers)


async def _section(round_: Round, section: Section) -> Answer:
    began, started = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"), time.monotonic()
    answer = Answer(section.name, Status.COLLECTED, ask=section.ask, started=began)
    question = QUESTIONS.get(section.ask)
    if _is_snmp(section):
        return await _snmp(round_, section)
    try:
        if question is None:
            raise ProbeError(Status.UNSUPPORTED, f"no probe is called {section.ask!r}")
        # A knock knows its own limit; this one is for what must not happen.
        answer.raw = await asyncio.wait_for(question(round_), round_.seconds * 2 + 5)
    except ProbeError as exc:
        answer.status, answer.reason = exc.status, str(exc)
    except SetupError as exc:
        answer.status, answer.reason = Status.UNPARSED, str(exc)
    except ValueError as exc:  # a name that is no host name
        answer.status, answer.reason = Status.UNREACHABLE, f"{round_.access.address[:80]!r} is no address: {exc}"
    except TimeoutError:
        answer.status, answer.reason = Status.TIMED_OUT, f"no answer in {round_.seconds * 2 + 5:.0f} s"
    answer.seconds = round(time.monotonic() - started, 3)
    return answer


def _is_snmp(section: Section) -> bool:
    return section.ask.startswith("get ")


async def _snmp(round_: Round, section: Section) -> Answer:
    """The system group, where the inventory has a community or a user for it; `snmp_port` names another port than 161."""
    access = round_.access
    if not access.setting("snmp_community") and not access.setting("snmp_user"):
        reason = "the inventory has no way in by SNMP (asset_snmp_community, asset_snmp_user)"
        return Answer(section.name, Status.UNSUPPORTED, reason=reason, ask=section.ask)
    from xunwei.collect import snmp  # its library is slow to load, and few of these devices are asked this way

    port = access.setting("snmp_port", "161")
    if not port.isdecimal():
        return Answer(
            section.name, Status.UNPARSED, reason=f"asset_snmp_port is no port: {port[:40]!r}", ask=section.ask
        )
    way = replace(snmp.way_of(access), port=int(port))
    until = time.monotonic() + round_.seconds * 2
    [answer] = await snmp.collect(way, [section], deadline=until)
    return answer


# -- the questions -----------------------------------------------------------------------------------------------------


async def _ports(round_: Round) -> str:
    """TCP connect to every port the asset may have; nothing is sent."""
    named = [(service, round_.port(service)) for service in PORTS]
    found = await asyncio.gather(*(_tcp(round_, service, port) for service, port in named if port is not None))
    return "".join(k.head() for k in found)


async def _tcp(round_: Round, service: str, port: int) -> Knock:
    return await round_.knock(
        f"tcp {service}", lambda: connect(service, round_.access.address, port, round_.seconds)
    )  # fmt: skip


async def _sip_both(round_: Round) -> list[Knock]:
    port, host = round_.wanted("sip"), round_.access.address
    question = probe_sip.Question(host, port, f"sip:{probe_sip.uri_host(host)}:{port}")
    return list(
        await asyncio.gather(
            round_.knock("sip udp", lambda: probe_sip.by_udp(question, round_.seconds)),
            round_.knock("sip tcp", lambda: probe_sip.by_tcp(question, round_.seconds)),
        )
    )


async def _sip(round_: Round) -> str:
    return "".join(k.text() for k in await _sip_both(round_))


async def _registration(round_: Round) -> str:
    aor, registrar = round_.access.setting("sip_aor"), round_.access.setting("sip_registrar")
    if not aor or not registrar:
        raise ProbeError(Status.UNSUPPORTED, "the inventory names no registrar (asset_sip_aor, asset_sip_registrar)")
    question = probe_sip.at_registrar(aor, registrar)
    knock = await round_.knock("registrar", lambda: probe_sip.by_udp(question, round_.seconds, own=False))
    if knock.state != "open":
        raise ProbeError(Status.UNREACHABLE, f"registrar {registrar}: {knock.state}")
    return f"aor {aor}\n{knock.text()}"


async def _h323(round_: Round) -> str:
    """H.225.0 call signalling: that the port takes a connection is all that can be asked without placing a call."""
    return (await _tcp(round_, "h323", round_.wanted("h323"))).head()


async def _rtsp_knock(round_: Round) -> Knock:
    host, port = round_.access.address, round_.wanted("rtsp")
    question = RTSP_OPTIONS.format(host=probe_sip.uri_host(host), port=port).encode("ascii")
    return await round_.knock(
        "rtsp", lambda: exchange("rtsp", host, port, question, round_.seconds, b"\r\n\r\n", REPLY_BYTES)
    )


async def _rtsp(round_: Round) -> str:
    return (await _rtsp_knock(round_)).text()


async def _page(round_: Round) -> Knock:
    access, port = round_.access, round_.wanted("web")
    verify = access.setting("tls_fingerprint") or access.setting("tls_ca")
    return await round_.knock(
        "web", lambda: probe_web.page(access.address, port, round_.seconds, verify=verify, tls=True)
    )  # fmt: skip


async def _web(round_: Round) -> str:
    knock = await _page(round_)
    if knock.state == "untrusted":
        raise ProbeError(Status.UNREACHABLE, knock.reply)
    return knock.text()


async def _certificate(round_: Round) -> str:
    access, port = round_.access, round_.wanted("web")
    verify = access.setting("tls_fingerprint") or access.setting("tls_ca")
    knock = await round_.knock(
        "certificate", lambda: probe_web.certificate(access.address, port, round_.seconds, verify=verify)
    )
    if knock.state != "open":
        raise ProbeError(Status.UNREACHABLE, f"no TLS on port {port}: {knock.reply or knock.state}")
    return knock.reply


async def _management(round_: Round) -> str:
    """Ways in that send everything in the clear: Telnet, and HTTP that does not send on to HTTPS."""
    found = []
    telnet, http = round_.port("telnet"), round_.port("http")
    if telnet is not None:
        found.append(await _tcp(round_, "telnet", telnet))
    if http is not None:
        address = round_.access.address
        found.append(await round_.knock("http", lambda: probe_web.page(address, http, round_.seconds)))
    if not found:
        raise ProbeError(Status.UNSUPPORTED, "the inventory says there is neither Telnet nor HTTP")
    return "".join(k.text() for k in found)


async def _software(round_: Round) -> str:
    """Every line in which the device says what it is: from the answers to the other questions."""
    lines: list[str] = []
    knocks: list[Knock] = []
    if round_.port("sip") is not None:
        knocks += await _sip_both(round_)
    if round_.port("rtsp") is not None:
        knocks.append(await _rtsp_knock(round_))
    if round_.port("web") is not None:
        knocks.append(await _page(round_))
    for knock in knocks:
        lines += [f"{knock.service}: {line}" for line in probe_web.names_itself(knock.reply)]
    if not any(knock.open for knock in knocks):
        raise ProbeError(Status.UNREACHABLE, "none of the services that would say it answers")
    if not lines:
        raise ProbeError(Status.UNSUPPORTED, "nothing in its answers says what it runs")
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


QUESTIONS: dict[str, Callable[[Round], Awaitable[str]]] = {
    "tcp ports": _ports,
    "sip OPTIONS": _sip,
    "sip OPTIONS registrar": _registration,
    "h323": _h323,
    "rtsp OPTIONS": _rtsp,
    "https": _web,
    "tls certificate": _certificate,
    "telnet, http": _management,
    "software": _software,
}
