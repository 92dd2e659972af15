"""One verified HTTPS connection to a Redfish service: login, bounded GETs with a cache, logout.

TLS is always verified: by a CA file (chain and name), or by the pinned SHA-256 fingerprint of the server's
certificate, checked on every connection before anything is sent. There is no insecure mode.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import socket
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

Json = dict[str, Any]
ROOT = "/redfish/v1/"
LOGOUT_SECONDS = 5.0
KEPT_TEXT = 2000  # characters kept of an answer that is not JSON
_PIN = re.compile(r"(?:sha256:)?((?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2})")
_REASON = {401: "denied", 403: "denied", 404: "unsupported", 405: "unsupported", 410: "unsupported", 501: "unsupported"}


class LostError(Exception):
    """No connection to the device; the message is the reason."""


class OutOfTimeError(Exception):
    """An answer did not come in the time there was; the message is the reason."""


@dataclass(frozen=True)
class Target:
    """A BMC. `verify`: path of a CA file, or the SHA-256 fingerprint (hex, colons allowed) of its certificate."""

    address: str
    port: int
    user: str
    password: str = field(repr=False)
    verify: str | Path
    timeout: float = 10.0  # seconds for one request

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
    """Bounds of one run on one device."""

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


class Link:
    """The connection, the session and what was read over it. Use as a context manager: leaving logs out."""

    def __init__(self, target: Target, limits: Limits, deadline: float) -> None:
        self.target = target
        self.limits = limits
        self.deadline = deadline
        self.remark = ""
        self._method = ""
        self._refused: Got | None = None
        self._token = ""
        self._session = ""
        self._cache: dict[str, Got] = {}
        self._requests = self._bytes = 0
        self._der = b""
        self._tls: tuple[str, str] = ("", "")
        self._client: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        if self._client is None:
            return
        try:
            if self._session:
                with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL):
                    self._client.delete(self._session, timeout=min(LOGOUT_SECONDS, self.target.timeout))
        finally:
            self._client.close()

    def open(self) -> Got:
        """Connect, read the service root, log in. Raises LostError, OutOfTimeError."""
        self._client = httpx.Client(
            base_url=self.target.origin,
            verify=tls_context(self.target),
            headers={"Accept": "application/json", "OData-Version": "4.0"},
            trust_env=False,  # no proxy and no key log from the environment
            follow_redirects=False,
        )
        root = self.get(ROOT, self.deadline)
        if root.kind == "ok" and not isinstance(root.body, dict):
            return Got("unparsed", None, root.http, "the service root is not a JSON object")
        if root.kind == "ok":
            self._log_in(root.body)
        return root

    def login(self) -> Json:
        """How the run is logged in: {"method": session | basic}. Never a token."""
        return {"method": self._method, "refused": self._refused.reason if self._refused else None}

    def get(self, path: str, until: float) -> Got:
        """The resource at `path`, from the cache when it was read before. Raises LostError, OutOfTimeError."""
        if path in self._cache:
            return self._cache[path]
        if path != ROOT and self._refused is not None:
            return self._refused
        if not re.match(r"/redfish/v1(/|$)", path) or "#" in path or ".." in path:
            return Got("unparsed", None, None, f"not a link into this service: {path[:120]}")
        if self._requests >= self.limits.requests or self._bytes >= self.limits.total_bytes:
            return Got("unparsed", None, None, f"stopped after {self._requests} requests, {self._bytes} bytes")
        got = self._read(self._send("GET", path, until))
        self._cache[path] = got
        return got

    def certificate(self) -> Got:
        """Facts of the server's certificate and of the TLS session."""
        try:
            return Got("ok", self._certificate())
        except (ValueError, UnsupportedAlgorithm) as exc:
            return Got("unparsed", None, None, f"certificate not understood: {_line(str(exc))}")

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

    def without_secrets(self, text: str) -> str:
        """`text` with this run's token and password taken out, should the device have echoed them."""
        for secret in (self._token, self.target.password):
            if len(secret) >= 8:
                text = text.replace(secret, "[secret]")
        return text

    @property
    def _http(self) -> httpx.Client:
        if self._client is None:
            raise LostError("the connection is not open")
        return self._client

    def _log_in(self, root: Json) -> None:
        path = _session_path(root)
        if not path:
            self._basic()
            return
        body = {"UserName": self.target.user, "Password": self.target.password}
        response, text = self._send("POST", path, self.deadline, body)
        if isinstance(text, str):
            raise LostError(f"login: {text}")
        token = response.headers.get("X-Auth-Token", "")
        if response.status_code in (200, 201) and re.fullmatch(r"[\x21-\x7e]+", token):
            self._method, self._token = "session", token
            self._session = _own_path(response.headers.get("Location", ""), text)
            self._http.headers["X-Auth-Token"] = token
        elif response.status_code in (404, 405, 501):
            self._basic()
        else:
            message = _message(text)
            reason = f"login refused: HTTP {response.status_code}{': ' + message if message else ''}"
            self._method, self._refused = "none", Got("denied", None, response.status_code, reason)

    def _basic(self) -> None:
        """Only for a service without sessions: a refused password is never tried a second time."""
        self._method, self.remark = "basic", "basic authentication: the device has no session service"
        self._http.auth = httpx.BasicAuth(self.target.user, self.target.password)

    def _send(
        self, method: str, path: str, until: float, body: Json | None = None
    ) -> tuple[httpx.Response, bytes | str]:
        """One request with its body read within the bounds; a dropped kept-alive connection is tried once more."""
        for attempt in (1, 2):
            left = min(until, self.deadline) - time.monotonic()
            if left <= 0:
                raise OutOfTimeError(f"no time left for {path}")
            try:
                return self._once(method, path, time.monotonic() + min(left, self.target.timeout), body)
            except httpx.ConnectTimeout:
                raise LostError(f"no connection to {self.target.origin} in {self.target.timeout:g} s") from None
            except httpx.TimeoutException:
                raise OutOfTimeError(f"no answer from {path} in {min(left, self.target.timeout):.1f} s") from None
            except httpx.ConnectError as exc:
                raise LostError(_why(exc, self.target.origin)) from None
            except (httpx.HTTPError, httpx.InvalidURL) as exc:
                if attempt > 1 or method != "GET":
                    return httpx.Response(520), f"the answer was cut off or broken: {_line(str(exc))}"
        raise LostError(f"no answer from {path}")

    def _once(self, method: str, path: str, end: float, body: Json | None) -> tuple[httpx.Response, bytes | str]:
        self._requests += 1
        with self._http.stream(method, path, json=body, timeout=max(end - time.monotonic(), 0.05)) as response:
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
            self._bytes += size
            return response, b"".join(parts)

    def _remember_tls(self, response: httpx.Response) -> None:
        stream = response.extensions.get("network_stream")
        tls = stream.get_extra_info("ssl_object") if stream is not None else None
        if tls is not None and not self._der:
            self._der = tls.getpeercert(True) or b""  # positional: this may be the inner _ssl object
            self._tls = (tls.version() or "", (tls.cipher() or ("",))[0])

    def _read(self, answer: tuple[httpx.Response, bytes | str]) -> Got:
        response, content = answer
        code = response.status_code
        if isinstance(content, str):
            return Got("unparsed", None, None, content)
        text = content.decode("utf-8", errors="replace")
        if code != 200:
            message = _message(text)
            reason = f"HTTP {code}{': ' + message if message else ''}"
            return Got(_REASON.get(code, "unparsed"), None, code, reason, text[:KEPT_TEXT] if not message else "")
        try:
            body = json.loads(content, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            return Got("unparsed", None, code, "not JSON", text[:KEPT_TEXT])
        return Got("ok", body, code, "", "", round(time.time(), 1))


def _session_path(root: Json) -> str:
    """Where sessions are made, by the service root (DSP0266, session login); '' when the service has none."""
    links = root.get("Links")
    sessions = links.get("Sessions") if isinstance(links, dict) else None
    path = sessions.get("@odata.id") if isinstance(sessions, dict) else None
    if isinstance(path, str) and re.fullmatch(r"/redfish/v1/[A-Za-z0-9_/-]+", path):
        return path
    return f"{ROOT}SessionService/Sessions" if root.get("SessionService") is not None else ""


def _own_path(location: str, text: bytes | str) -> str:
    """The new session's path: of the Location header (absolute or not), else of the body."""
    path: Any = re.sub(r"^https?://[^/]*", "", location)
    if not path:
        try:
            path = json.loads(text).get("@odata.id")
        except (ValueError, AttributeError, RecursionError):
            path = None
    return path if isinstance(path, str) and path.startswith(ROOT) else ""


def _message(text: bytes | str) -> str:
    """The first message id and text of a Redfish error body, '' when there is none."""
    try:
        error = json.loads(text)["error"]
        first = next(iter(error.get("@Message.ExtendedInfo") or [{}]))
        words = [first.get("MessageId") or error.get("code"), first.get("Message") or error.get("message")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return _line(" ".join(str(w) for w in words if w))


def _why(exc: Exception, origin: str) -> str:
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _line(f"certificate of {origin} not accepted: {getattr(cause, 'verify_message', cause.args[-1])}")
        if isinstance(cause, ssl.SSLError):
            return _line(f"TLS with {origin} failed: {cause.reason or cause}")
        if isinstance(cause, socket.gaierror):
            return _line(f"{origin}: name not resolved: {cause.strerror}")
        cause = cause.__cause__ or cause.__context__
    return _line(f"no connection to {origin}: {exc}")


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


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
