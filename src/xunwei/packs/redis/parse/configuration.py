"""Named parameters, `CONFIG GET`; passwords are `set` or `unset`, and parameters this release lacks are left out.

== configuration
bind=127.0.0.1 -::1
protected-mode=yes
requirepass=set
maxmemory=1073741824
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_MUST = ("bind", "protected-mode", "port", "requirepass", "maxmemory", "maxmemory-policy", "appendonly", "save", "dir")


def parse(text: str) -> Facts:
    """What the server runs with. `open_to_all`: it listens on every address."""
    found = Parts(text).one("configuration").whole().pairs()
    missing = [name for name in _MUST if name not in found]
    if missing:
        raise Unparsed(f"CONFIG GET did not give {missing[0]}")
    value = {k: v for k, (v, _) in found.items()}
    if value["requirepass"] not in ("set", "unset") or not re.fullmatch(r"\d+", value["maxmemory"]):
        raise Unparsed("a parameter is not of the form that it should have")
    addresses = value["bind"].replace("-", "").split()
    threshold = value.get("latency-monitor-threshold", "")
    return {
        "bind": addresses,
        # An empty bind is every address.
        "open_to_all": not addresses or any(a in ("*", "0.0.0.0", "::", "::*") for a in addresses),  # noqa: S104
        "protected": value["protected-mode"] == "yes",
        "port": int(value["port"]) if value["port"].isdigit() else 0,
        "tls_port": int(p) if (p := value.get("tls-port", "")).isdigit() else None,
        "password": value["requirepass"] == "set",
        "maxmemory": int(value["maxmemory"]),
        "policy": value["maxmemory-policy"],
        "aof": value["appendonly"] == "yes",
        "save": value["save"],
        "dir": value["dir"],
        "latency_threshold": int(threshold) if threshold.isdigit() else None,
        "debug_allowed": value["enable-debug-command"] != "no" if "enable-debug-command" in value else None,
        "stop_on_error": value["stop-writes-on-bgsave-error"] == "yes" if "stop-writes-on-bgsave-error" in value else None,
        "_lines": {
            "open_to_all": found["bind"][1], "password": found["requirepass"][1], "save": found["save"][1],
            "policy": found["maxmemory-policy"][1], "protected": found["protected-mode"][1],
        },
    }  # fmt: skip
