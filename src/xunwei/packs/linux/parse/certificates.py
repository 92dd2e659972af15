"""Certificates that lie on the host: `openssl x509 -noout -enddate -subject -issuer`, one part per file.

    == searched
    /etc/nginx
    == file /etc/nginx/tls/portal.crt
    notAfter=Nov 25 09:00:00 2027 GMT
    subject=C = CN, O = Example, CN = portal.example
    issuer=C = CN, O = Example, CN = Example Issuing CA
    == end

OpenSSL 1.0.2 prints names as `subject= /C=CN/O=Example/CN=portal.example`. Of a file with a chain the first is read.
A file without any certificate fails with `! …` and is left out.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import MONTHS, Part, Parts, epoch
from xunwei.parse import Unparsed

_END = re.compile(r"notAfter=([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([0-9]{4}) GMT", re.ASCII)


def parse(text: str) -> dict[str, Any]:
    """Facts: `certificates` with `not_after` (epoch), `skipped` files, `searched`, `clipped`. Raises Unparsed."""
    parts = Parts(text)
    if parts.has("failed"):
        raise Unparsed("the folders could not be searched")
    found, skipped = [], []
    for part in parts.every("file"):
        entry = _certificate(part)
        if entry is None:
            skipped.append(part.argument)
        else:
            found.append(entry)
    return {
        "certificates": found,
        "skipped": skipped,
        "searched": [line for _, line in parts.one("searched").lines],
        "clipped": parts.has("clipped"),
    }


def _certificate(part: Part) -> dict[str, Any] | None:
    if part.failed and not part.lines:
        return None
    told: dict[str, tuple[str, int]] = {}
    for n, line in part.whole().lines:
        key, sep, value = line.partition("=")
        if not sep or key in told:
            raise Unparsed(f"line {n} is not about a certificate: {line[:60]!r}")
        told[key] = (value.strip(), n)
    for key in ("notAfter", "subject", "issuer"):
        if key not in told:
            raise Unparsed(f"line {part.line}: a certificate without {key}")
    match = _END.fullmatch(f"notAfter={told['notAfter'][0]}")
    if match is None or match[1] not in MONTHS:
        raise Unparsed(f"line {part.line}: notAfter is {told['notAfter'][0][:40]!r}")
    return {
        "path": part.argument,
        "subject": told["subject"][0],
        "issuer": told["issuer"][0],
        "self_signed": told["subject"][0] == told["issuer"][0],
        "not_after": epoch(match[4], match[1], match[2], match[3], "notAfter"),
        "_line": told["notAfter"][1],
    }
