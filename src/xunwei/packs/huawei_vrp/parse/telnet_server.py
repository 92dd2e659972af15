"""`display telnet server status`: is the device open to Telnet?

     TELNET IPv4 server                       :Disable
     TELNET IPv6 server                       :Disable
     TELNET server port                       :23
     ACL4 number                              :0

Recorded on AR.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.vrp import ON_OFF, body, pairs, word_of


def parse(text: str) -> dict[str, Any]:
    """Facts of `telnet_server`: `ipv6` null = not shown; `acl` null = none."""
    table = pairs(body(text))
    key = "telnet ipv4 server" if "telnet ipv4 server" in table else "telnet server"
    acl = table["acl4 number"].text if "acl4 number" in table else ""
    return {
        "ipv4": word_of(table, key, ON_OFF),
        "ipv6": word_of(table, "telnet ipv6 server", ON_OFF) if "telnet ipv6 server" in table else None,
        "acl": None if acl in ("", "0", "-", "--") else acl,
        "_line": table[key].number,
    }
