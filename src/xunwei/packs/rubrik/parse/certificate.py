"""The HTTPS certificate as the TLS session showed it (RFC 5280); read by the collector from the connection.

Sample: {"tls:certificate": {"subject": "CN=backup-b", "issuer": "CN=backup-b", "not_before": "2026-03-01T00:00:00Z",
"not_after": "2028-03-01T00:00:00Z", "self_signed": true, "key": "RSA", "key_bits": 2048, "tls_version": "TLSv1.3"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import certificate


def parse(raw: str) -> dict[str, Any]:
    """Facts of the certificate; times in epoch seconds. Raises Unparsed."""
    return certificate(raw)
