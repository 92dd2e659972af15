"""`Certificate`: the server's certificate as seen on the TLS connection.

{"certificate": {"subject": "CN=vc-1", "not_after": "2027-11-25T00:00:00Z", …}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, load
from xunwei.parse.text import Unparsed

_TEXTS = ("subject", "issuer", "not_before", "not_after", "key", "tls_version")


def parse(text: str) -> dict[str, Any]:
    """Facts of the certificate; times ISO 8601."""
    found = Thing(load(text), "answer").inner("certificate", asked=True)
    texts = {name: found.text(name, asked=True) for name in _TEXTS}
    if any(value is None for value in texts.values()):
        raise Unparsed("the certificate is not described in full")
    more = {"self_signed": found.flag("self_signed"), "key_bits": found.whole("key_bits")}
    return {**texts, **more, "signature_hash": found.text("signature_hash")}
