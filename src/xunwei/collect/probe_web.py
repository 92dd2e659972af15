"""The web page of a device that gives us no account: status, headers and title; and the certificate of its TLS.

The page is read over verified TLS only: by a pinned fingerprint, a CA file, or the system's CAs. The certificate itself is
looked at in a handshake of its own in which nothing is sent, so that one that is not trusted can be reported.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import re
import ssl
import time
from pathlib import Path

import h11
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from xunwei.collect.probe_wire import Knock, close, readable, state_of

PAGE_BYTES = 256 << 10
_PIN = re.compile(r"(?:sha256:)?((?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2})")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_KEPT_HEADERS = ("server", "location", "www-authenticate", "content-type", "x-powered-by", "strict-transport-security")
_SELF = re.compile(r"(?im)^(?:server|user-agent|x-powered-by|title):[ \t]*(\S.*)$")


class _UntrustedError(Exception):
    """The certificate is not the one the inventory names."""


def context_of(verify: str) -> tuple[ssl.SSLContext, str]:
    """(context, pin): by fingerprint, by CA file, or by the system's CAs when `verify` is ''. Raises OSError."""
    match = _PIN.fullmatch(verify)
    if match:
        return _blind(), match.group(1).replace(":", "").lower()
    context = ssl.create_default_context(cafile=verify or None)
    context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT  # devices' certificates rarely keep to RFC 5280
    return context, ""


def _blind(*, old: bool = False) -> ssl.SSLContext:
    """A context that takes any certificate: the caller compares it before anything is sent, or sends nothing.

    `old`: any protocol and key that this system's OpenSSL can be made to speak, so that weak ones can be reported.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if old:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def _open(
    host: str, port: int, context: ssl.SSLContext | None, pin: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    reader, writer = await asyncio.open_connection(host, port, ssl=context)
    tls = writer.get_extra_info("ssl_object")
    der = (tls.getpeercert(binary_form=True) or b"") if tls is not None else b""
    found = hashlib.sha256(der).hexdigest()
    if pin and found != pin:
        await close(writer)
        raise _UntrustedError(f"the certificate's SHA-256 is {found}, not the pinned {pin}")
    return reader, writer, der


async def page(host: str, port: int, seconds: float, *, verify: str = "", tls: bool = False) -> Knock:
    """GET / of a web server. Reply: status line, some headers, and `Title:`."""
    service, started = ("web" if tls else "http"), time.monotonic()
    writer: asyncio.StreamWriter | None = None
    try:
        context, pin = context_of(verify) if tls else (None, "")
        async with asyncio.timeout(seconds):
            reader, writer, _ = await _open(host, port, context, pin)
            reply = await _get(reader, writer, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    except (ssl.SSLCertVerificationError, _UntrustedError) as exc:
        words = getattr(exc, "verify_message", "") or str(exc)
        return Knock(service, port, "untrusted", time.monotonic() - started, f"certificate not accepted: {words}")
    except h11.ProtocolError as exc:
        return Knock(service, port, "broken", time.monotonic() - started, f"no HTTP: {exc}")
    except (OSError, TimeoutError) as exc:
        if writer is None and not isinstance(exc, ssl.SSLError):
            return Knock(service, port, state_of(exc))
        return Knock(service, port, "broken", time.monotonic() - started, f"no answer: {type(exc).__name__}")
    finally:
        if writer is not None:
            await close(writer)
    return Knock(service, port, "open", time.monotonic() - started, reply)


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> str:
    wire = h11.Connection(h11.CLIENT)
    headers = [("Host", host), ("User-Agent", "xunwei"), ("Accept", "text/html,*/*"), ("Connection", "close")]
    writer.write(wire.send(h11.Request(method="GET", target="/", headers=headers)) or b"")
    writer.write(wire.send(h11.EndOfMessage()) or b"")
    await writer.drain()
    answer: h11.Response | None = None
    body = b""
    while len(body) < PAGE_BYTES:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Response):
            answer = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            break
    if answer is None:
        raise h11.RemoteProtocolError("no response")
    lines = [
        f"HTTP/{answer.http_version.decode('ascii')} {answer.status_code} {readable(bytes(answer.reason))}".rstrip()
    ]
    for name, value in answer.headers:
        if name.decode("latin-1").lower() in _KEPT_HEADERS:
            lines.append(_line(f"{name.decode('latin-1').title()}: {readable(value)}"))
    title = _TITLE.search(readable(body))
    if title:
        lines.append(_line(f"Title: {html.unescape(title[1])}"))
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


async def certificate(host: str, port: int, seconds: float, *, verify: str) -> Knock:
    """The certificate, and whether it is the one the inventory (or the system's CAs) trusts. Nothing is sent."""
    started = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            _, writer, der = await _open(host, port, _blind(old=True), "")
            version = writer.get_extra_info("ssl_object").version() or ""
            await close(writer)
            trusted, why = await _trusted(host, port, der, verify)
        reply = _facts(der, version, trusted, why)
    except (OSError, TimeoutError) as exc:
        state = "broken" if isinstance(exc, ssl.SSLError) else state_of(exc)
        return Knock("certificate", port, state, reply=_line(str(exc)))
    except (ValueError, UnsupportedAlgorithm) as exc:
        return Knock("certificate", port, "broken", time.monotonic() - started, _line(f"not understood: {exc}"))
    return Knock("certificate", port, "open", time.monotonic() - started, reply)


async def _trusted(host: str, port: int, der: bytes, verify: str) -> tuple[bool, str]:
    match = _PIN.fullmatch(verify)
    if match:
        same = hashlib.sha256(der).hexdigest() == match.group(1).replace(":", "").lower()
        return same, "fingerprint" if same else "it is not the pinned one"
    if verify and not Path(verify).is_file():
        return False, f"CA file {verify} cannot be read"
    try:
        _, writer, _ = await _open(host, port, context_of(verify)[0], "")
    except ssl.SSLCertVerificationError as exc:
        return False, exc.verify_message
    await close(writer)
    return True, "ca"


def _facts(der: bytes, version: str, trusted: bool, why: str) -> str:
    cert = x509.load_der_x509_certificate(der)
    key = cert.public_key()
    bits = key.key_size if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) else ""
    rows = {
        "subject": cert.subject.rfc4514_string(),
        "issuer": cert.issuer.rfc4514_string(),
        "not_before": cert.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "not_after": cert.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "key": f"{type(key).__name__.lstrip('_').removesuffix('PublicKey')} {bits}".strip(),
        "sha256": hashlib.sha256(der).hexdigest(),
        "tls": version,
        "trusted": "yes" if trusted else "no",
        "trust": why,
    }
    return "".join(f"{name}={_line(value)}\n" for name, value in rows.items())


def names_itself(reply: str) -> list[str]:
    """The lines of an answer in which a device says what it is: Server, User-Agent, a page's title."""
    return [line.strip() for line in (m.group(0) for m in _SELF.finditer(reply))]
