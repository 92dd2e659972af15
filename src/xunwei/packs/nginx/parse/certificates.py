"""Certificates that the configuration names, `openssl x509`.

== end_of_list
== certificate /etc/nginx/ssl/portal.crt
readable=yes
subject=CN=portal.example
issuer=CN=Example CA
notBefore=Nov  1 00:00:00 2026 GMT
notAfter=Nov  1 00:00:00 2027 GMT
== end
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"certificates": […]} with dates in ISO 8601; null for a file that could not be read."""
    parts = Parts(text)
    parts.one("end_of_list")
    return {"certificates": [_certificate(p) for p in parts.every("certificate")]}


def _certificate(part: Part) -> Facts:
    pairs = part.pairs()
    row: Facts = {"path": part.argument, "subject": None, "issuer": None, "not_before": None, "not_after": None}
    row["_line"] = part.line
    if pairs.get("readable", ("", 0))[0] == "no" or part.failed:
        return row
    if not {"subject", "issuer", "notBefore", "notAfter"} <= set(pairs):
        raise Unparsed(f"the certificate at line {part.line} has no dates")
    return row | {
        "subject": pairs["subject"][0],
        "issuer": pairs["issuer"][0],
        "not_before": _iso(pairs["notBefore"][0]),
        "not_after": _iso(pairs["notAfter"][0]),
        "_line": pairs["notAfter"][1],
    }


def _iso(word: str) -> str:
    if not re.fullmatch(r"[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4} GMT", word):
        raise Unparsed(f"not a date of openssl: {word[:40]!r}")
    try:
        when = datetime.strptime(word, "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    except ValueError:
        raise Unparsed(f"not a date: {word[:40]!r}") from None
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
