"""`display http server`: the web interface of the device.

       HTTP Server Status              : disabled
       HTTP Secure-server Status       : enabled
       HTTP SSL Policy                 : Default

Recorded on AR.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.vrp import ON_OFF, body, pairs, word_of


def parse(text: str) -> dict[str, Any]:
    """Facts of `http_server`: plain HTTP and HTTPS over IPv4; `http_ipv6` null = not shown."""
    table = pairs(body(text))
    http = word_of(table, "http server status", ON_OFF)
    six = "http ipv6 server status"
    return {
        "http": http,
        "https": word_of(table, "http secure-server status", ON_OFF),
        "http_ipv6": word_of(table, six, ON_OFF) if six in table else None,
        "_line": table["http server status"].number,
    }
