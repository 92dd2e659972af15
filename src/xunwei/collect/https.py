"""One verified HTTPS connection, for every collector that speaks HTTP: bounded reads, errors in words, the certificate.

TLS is always verified: by a CA file (chain and name), or by the pinned SHA-256 fingerprint of the server's
certificate, checked on every connection before anything is sent. There is no insecure mode.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from xunwei.collect.access import Access

Json = dict[str, Any]
KEPT_TEXT = 2000  # characters kept of an answer that is not JSON
BROKEN = 520  # status of an answer that was cut off, in place of one from the server
_PIN = re.compile(r"(?:sha256:)?((?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2})")
# What an HTTP status means for the section that asked.
KINDS = {401: "denied", 403: "denied", 404: "unsupported", 405: "unsupported", 410: "unsupported", 501: "unsupported"}


class LostError(Exception):
    """No connection to the device; the message is the reason."""


class OutOfTimeError(Exception):
    """An answer did not come in the time there was; the message is the reason."""


@dataclass(frozen=True)
class Target:
    """A server. `verify`: path of a CA file, or the SHA-256 fingerprint (hex, colons allowed) of its certificate."""

    address: str
    port: int
    user: str
    password: str = field(repr=False)
    verify: str | Path
    timeout: float = 10.0  # seconds for one request

    @classmethod
    def of(cls, access: Access, port: int = 443) -> Target:
        """The target an asset's settings describe; `port` is the protocol's own."""
        verify = access.setting("tls_fingerprint") or access.setting("tls_ca")
        return cls(access.address, access.port or port, access.user, access.password, verify, access.timeout)

    @property
    def origin(self) -> str:
        """https://address:port, IPv6 in brackets."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"https://{host}:{self.port}"

    @property
    def pin(self) -> str:
        """The pinned fingerprint as 64 hex digits, '' when a CA file is used."""
        match = _PIN.fullmatch(str(self.verify))
        return match.group(1).replace(":", "").lower() if match else ""


@dataclass(frozen=True)
class Limits:
    """Bounds of one run on one server."""

    requests: int = 600
    resource_bytes: int = 4 << 20
    total_bytes: int = 48 << 20
    pages: int = 40


@dataclass(frozen=True)
class Got:
    """What one GET gave. `kind`: ok, denied, unsupported or unparsed."""

    kind: str
    body: Any = None
    http: int | None = None
    reason: str = ""
    text: str = ""
    received: float = 0.0  # epoch seconds when the answer was complete

    def as_raw(self) -> Json:
        """The failure as it is kept in the raw answer."""
        kept = {"kind": self.kind, "http": self.http, "reason": self.reason}
        return {**kept, "text": self.text} if self.text else kept


class _Pinned(ssl.SSLContext):
    """A TLS context that knows exactly one certificate."""

    pin = ""

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        """Handshake, then compare the certificate before the caller can send anything."""
        wrapped = super().wrap_socket(*args, **kwargs)
        found = hashlib.sha256(wrapped.getpeercert(binary_form=True) or b"").hexdigest()
        if found != self.pin:
            wrapped.close()
            raise ssl.SSLCertVerificationError(f"the certificate's SHA-256 is {found}, not the pinned {self.pin}")
        return wrapped


def tls_context(target: Target) -> ssl.SSLContext:
    """The context for a target. Raises LostError when its CA file cannot be used."""
    if target.pin:
        pinned = _Pinned(ssl.PROTOCOL_TLS_CLIENT)
        pinned.check_hostname = False  # the one certificate is known; names add nothing
        pinned.verify_mode = ssl.CERT_NONE
        pinned.pin = target.pin
        return pinned
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cafile=str(target.verify))
    except (OSError, ssl.SSLError) as exc:
        raise LostError(f"CA file {target.verify} cannot be used: {exc.strerror or exc}") from None
    return context


class Channel:
    """The connection and its bounds. Use as a context manager: leaving closes it."""

    def __init__(self, target: Target, limits: Limits, deadline: float) -> None:
        self.target = target
        self.limits = limits
        self.deadline = deadline
        self.requests = self.received = 0  # so far; `received` in bytes
        self._der = b""
        self._tls: tuple[str, str] = ("", "")
        self._client: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        if self._client is not None:
            self._client.close()

    def connect(self, headers: Mapping[str, str]) -> None:
        """Make the client; the connection itself comes with the first request. Raises LostError."""
        self._client = httpx.Client(
            base_url=self.target.origin,
            verify=tls_context(self.target),
            headers=dict(headers),
            trust_env=False,  # no proxy and no key log from the environment
            follow_redirects=False,
        )

    @property
    def client(self) -> httpx.Client:
        """The client underneath. Raises LostError before `connect`."""
        if self._client is None:
            raise LostError("the connection is not open")
        return self._client

    @property
    def spent(self) -> str:
        """Why nothing more may be asked, '' while something may."""
        if self.requests >= self.limits.requests or self.received >= self.limits.total_bytes:
            return f"stopped after {self.requests} requests, {self.received} bytes"
        return ""

    def certificate(self) -> Got:
        """Facts of the server's certificate and of the TLS session."""
        try:
            return Got("ok", self._certificate())
        except (ValueError, UnsupportedAlgorithm) as exc:
            return Got("unparsed", None, None, f"certificate not understood: {one_line(str(exc))}")

    def _certificate(self) -> Json:
        cert = x509.load_der_x509_certificate(self._der)
        key = cert.public_key()
        try:
            names = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (x509.ExtensionNotFound, ValueError):
            names = x509.SubjectAlternativeName([])
        algorithm = cert.signature_hash_algorithm
        return {
            "subject": cert.subject.rfc4514_string(),
            "issuer": cert.issuer.rfc4514_string(),
            "serial": format(cert.serial_number, "x"),
            "not_before": cert.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "not_after": cert.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "names": [str(name.value) for name in names],
            "self_signed": _self_signed(cert),
            "key": type(key).__name__.lstrip("_").removesuffix("PublicKey"),
            "key_bits": key.key_size if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) else None,
            "signature_hash": algorithm.name if algorithm else None,
            "sha256": hashlib.sha256(self._der).hexdigest(),
            "tls_version": self._tls[0],
            "cipher": self._tls[1],
            "verified_by": "fingerprint" if self.target.pin else "ca",
        }

    def send(
        self, method: str, path: str, until: float, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[httpx.Response, bytes | str]:
        """One request, its answer read within the bounds: the bytes, or as str what was wrong with it.

        `body` is sent as JSON, bytes as they are. A GET whose kept-alive connection was dropped is tried once more.
        Raises LostError, OutOfTimeError.
        """
        for attempt in (1, 2):
            left = min(until, self.deadline) - time.monotonic()
            if left <= 0:
                raise OutOfTimeError(f"no time left for {path}")
            try:
                return self._once(method, path, time.monotonic() + min(left, self.target.timeout), body, headers)
            except httpx.ConnectTimeout:
                raise LostError(f"no connection to {self.target.origin} in {self.target.timeout:g} s") from None
            except httpx.TimeoutException:
                raise OutOfTimeError(f"no answer from {path} in {min(left, self.target.timeout):.1f} s") from None
            except httpx.ConnectError as exc:
                raise LostError(why(exc, self.target.origin)) from None
            except (httpx.HTTPError, httpx.InvalidURL) as exc:
                if attempt > 1 or method != "GET":
                    return httpx.Response(BROKEN), f"the answer was cut off or broken: {one_line(str(exc))}"
        raise LostError(f"no answer from {path}")

    def _once(
        self, method: str, path: str, end: float, body: Any, headers: Mapping[str, str] | None
    ) -> tuple[httpx.Response, bytes | str]:
        self.requests += 1
        sent: Json = {"content": body} if isinstance(body, bytes) else {"json": body}
        left = max(end - time.monotonic(), 0.05)
        with self.client.stream(method, path, headers=dict(headers or {}), timeout=left, **sent) as response:
            self._remember_tls(response)
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                if size > self.limits.resource_bytes:
                    return response, f"larger than {self.limits.resource_bytes} bytes"
                if time.monotonic() > end:
                    raise OutOfTimeError(f"the answer of {path} came too slowly")
                parts.append(part)
            self.received += size
            return response, b"".join(parts)

    def _remember_tls(self, response: httpx.Response) -> None:
        stream = response.extensions.get("network_stream")
        tls = stream.get_extra_info("ssl_object") if stream is not None else None
        if tls is not None and not self._der:
            self._der = tls.getpeercert(True) or b""  # positional: this may be the inner _ssl object
            self._tls = (tls.version() or "", (tls.cipher() or ("",))[0])


def read_json(content: bytes) -> Any:
    """The JSON in an answer. Raises ValueError; NaN and Infinity are no JSON."""
    try:
        return json.loads(content, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deep") from None


def without(text: str, secrets: list[str]) -> str:
    """`text` with these secrets taken out, should the server have echoed them; short ones would hit ordinary words."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        if len(secret) >= 8:
            text = text.replace(secret, "[secret]")
    return text


def why(exc: Exception, origin: str) -> str:
    """Why there is no connection, in one line."""
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return one_line(f"certificate of {origin} not accepted: {getattr(cause, 'verify_message', cause.args[-1])}")
        if isinstance(cause, ssl.SSLError):
            return one_line(f"TLS with {origin} failed: {cause.reason or cause}")
        if isinstance(cause, socket.gaierror):
            return one_line(f"{origin}: name not resolved: {cause.strerror}")
        cause = cause.__cause__ or cause.__context__
    return one_line(f"no connection to {origin}: {exc}")


def _self_signed(cert: x509.Certificate) -> bool | None:
    if cert.issuer != cert.subject:
        return False
    try:
        cert.verify_directly_issued_by(cert)
    except InvalidSignature:
        return False
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return True


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


def one_line(text: str) -> str:
    """At most 200 characters on one line."""
    return " ".join(text.split())[:200]
