"""The HTTPS certificate as the TLS session showed it (RFC 5280); read by the collector, not by Redfish.

Sample: {"tls:certificate": {"subject": "CN=bmc-1", "issuer": "CN=bmc-1", "not_before": "2026-03-01T00:00:00Z",
"not_after": "2028-03-01T00:00:00Z", "self_signed": true, "key": "RSA", "key_bits": 2048, "signature_hash": "sha256",
"tls_version": "TLSv1.3", "verified_by": "fingerprint", …}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, epoch, flag, text, whole, words
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Facts of the certificate; times in epoch seconds. Raises Unparsed."""
    book = Book(raw)
    found = next((r for r in book.resources if r.path == "tls:certificate"), None)
    if found is None:
        raise Unparsed("no certificate in the answer")
    body = found.body
    lines = {key: book.line(found.path, key) or found.line or 1 for key in ("not_after", "self_signed", "key_bits")}
    return {
        **{key: _told(body, key) for key in ("subject", "issuer", "key", "tls_version", "verified_by")},
        "names": words(body, "names") or [],
        "not_before": _time(body, "not_before"),
        "not_after": _time(body, "not_after"),
        "self_signed": flag(body, "self_signed"),
        "key_bits": whole(body, "key_bits"),
        "signature_hash": text(body, "signature_hash"),
        "_lines": lines,
    }


def _told(body: Json, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise Unparsed(f"{key} is not in the answer")
    return value


def _time(body: Json, key: str) -> int:
    seconds = epoch(_told(body, key))
    if seconds is None:
        raise Unparsed(f"{key} is not a time")
    return seconds
