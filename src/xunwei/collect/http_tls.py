"""TLS of a web application: which context its requests use, and what its certificate is, good or bad.

Requests go over a context that verifies chain and name (or the pinned certificate) and only overlooks the dates: an expired
certificate is a finding of its own and must not hide whether the application works. Looking at a certificate that does not
verify is a bare handshake: nothing is sent over it.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import time
import warnings
from dataclasses import dataclass, replace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from xunwei.collect.https import LostError, Target, one_line, tls_context, why

Json = dict[str, Any]
NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL
SYSTEM = "system"  # asset_tls_ca: the certificate authorities of this machine
_VERSIONS = (
    ("TLSv1", ssl.TLSVersion.TLSv1),
    ("TLSv1.1", ssl.TLSVersion.TLSv1_1),
    ("TLSv1.2", ssl.TLSVersion.TLSv1_2),
    ("TLSv1.3", ssl.TLSVersion.TLSv1_3),
)


@dataclass(frozen=True)
class Site:
    """Where an application answers. `name`: the host name its certificate and Host header carry."""

    scheme: str
    target: Target
    name: str

    @property
    def origin(self) -> str:
        """scheme://address:port, IPv6 in brackets."""
        return self.target.origin if self.scheme == "https" else self.target.origin.replace("https://", "http://", 1)


def request_context(target: Target) -> ssl.SSLContext:
    """Chain and name, or the pinned certificate; dates are not looked at. Raises LostError."""
    context = strict_context(target)
    if not target.pin:
        context.verify_flags |= NO_CHECK_TIME
    return context


def strict_context(target: Target) -> ssl.SSLContext:
    """Everything is verified, dates too. Raises LostError when there is nothing to verify with."""
    if str(target.verify) == SYSTEM:
        return ssl.create_default_context()
    if not str(target.verify):
        raise LostError("neither asset_tls_ca nor asset_tls_fingerprint is set: the certificate cannot be verified")
    return tls_context(target)


def _bare_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _shake(site: Site, context: ssl.SSLContext, timeout: float) -> tuple[bytes, str, str, float, float]:
    """(certificate, version, cipher, ms to connect, ms of the handshake). Raises OSError."""
    began = time.monotonic()
    with socket.create_connection((site.target.address, site.target.port), timeout) as raw:
        connected = time.monotonic()
        with context.wrap_socket(raw, server_hostname=site.name) as wrapped:
            done = time.monotonic()
            der = wrapped.getpeercert(binary_form=True) or b""
            cipher = (wrapped.cipher() or ("",))[0]
            return der, wrapped.version() or "", cipher, 1000 * (connected - began), 1000 * (done - connected)


def certificate(site: Site, timeout: float) -> Json:
    """Facts of the certificate. Raises LostError when there is no TLS at all, ValueError for a broken certificate."""
    try:
        der, version, cipher, _, _ = _shake(site, _bare_context(), timeout)
    except OSError as exc:
        raise LostError(why(exc, site.origin)) from None
    row = describe(der) | {"tls_version": version, "cipher": cipher, "asked_name": site.name}
    pin = site.target.pin
    if pin:
        trusted = hashlib.sha256(der).hexdigest() == pin
        return row | {
            "verified_by": "fingerprint",
            "chain_ok": trusted,
            "name_ok": names_match(row["names"], site.name),
            "reason": "" if trusted else "the certificate is not the pinned one",
        }
    context = request_context(site.target)
    context.check_hostname = False
    reason = ""
    chain_ok: bool | None = True
    try:
        _shake(site, context, timeout)
    except ssl.SSLCertVerificationError as exc:
        chain_ok, reason = False, one_line(exc.verify_message)
    except OSError as exc:
        chain_ok, reason = None, why(exc, site.origin)
    name_ok = names_match(row["names"], site.name)
    return row | {"verified_by": "ca", "chain_ok": chain_ok, "name_ok": name_ok, "reason": reason}


def describe(der: bytes) -> Json:
    """Dates, names and key of a certificate. Raises ValueError."""
    cert = x509.load_der_x509_certificate(der)
    key = cert.public_key()
    names: list[str] = []
    with contextlib.suppress(x509.ExtensionNotFound):
        names = [str(n.value) for n in cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value]
    algorithm = cert.signature_hash_algorithm
    return {
        "subject": cert.subject.rfc4514_string(),
        "issuer": cert.issuer.rfc4514_string(),
        "not_before": cert.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "not_after": cert.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "names": names,
        "key": type(key).__name__.lstrip("_").removesuffix("PublicKey"),
        "key_bits": key.key_size if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) else None,
        "signature_hash": algorithm.name if algorithm else None,
        "sha256": hashlib.sha256(der).hexdigest(),
    }


def names_match(names: list[str], wanted: str) -> bool:
    """Whether one of the certificate's names is `wanted` (RFC 9525: a wildcard is the whole left-most label)."""
    wanted = wanted.lower().rstrip(".")
    for name in (n.lower().rstrip(".") for n in names):
        if name == wanted:
            return True
        if name.startswith("*.") and "." in wanted and wanted.partition(".")[2] == name[2:]:
            return True
    return False


def versions(site: Site, timeout: float) -> Json:
    """{version: accepted?}; None where this machine's OpenSSL cannot speak it. Raises LostError."""
    found: Json = {}
    for name, version in _VERSIONS:
        context = _bare_context()
        with contextlib.suppress(ssl.SSLError):
            context.set_ciphers("ALL:@SECLEVEL=0")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # that they are old is why they are asked for
                context.minimum_version, context.maximum_version = version, version
            _shake(site, context, timeout)
            found[name] = True
        except (ValueError, ssl.SSLError) as exc:
            local = isinstance(exc, ValueError) or "NO_PROTOCOLS" in str(exc) or "NO_CIPHERS" in str(exc)
            found[name] = None if local else False
        except ConnectionResetError:
            found[name] = False
        except OSError as exc:
            raise LostError(why(exc, site.origin)) from None
    if not any(found.values()):
        raise LostError("no TLS version was accepted")
    return found


def connect_times(site: Site, timeout: float) -> tuple[float, float | None]:
    """Milliseconds to connect, and of the verified handshake (None without TLS). Raises LostError."""
    try:
        if site.scheme == "http":
            began = time.monotonic()
            with socket.create_connection((site.target.address, site.target.port), timeout):
                return round(1000 * (time.monotonic() - began), 1), None
        _, _, _, connected, shaken = _shake(site, request_context(site.target), timeout)
    except OSError as exc:
        raise LostError(why(exc, site.origin)) from None
    return round(connected, 1), round(shaken, 1)


def moved(site: Site, scheme: str, address: str, port: int) -> Site:
    """The same way of verifying for another place; a pinned certificate is that of one place only."""
    target = replace(site.target, address=address, port=port)
    if target.pin and (address, port) != (site.target.address, site.target.port):
        target = replace(target, verify="")
    return Site(scheme, target, address)
