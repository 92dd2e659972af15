"""Settings that are set in libvirtd.conf (or virtproxyd.conf, virtqemud.conf) and qemu.conf.

== libvirtd.conf
unix_sock_rw_perms = "0770"
auth_unix_rw = "polkit"
== qemu.conf
vnc_listen = "0.0.0.0"
-- end
What is not set has libvirt's default: listen_tcp 0, auth_tcp sasl; the others are null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.libvirt.answers import parts
from xunwei.parse.text import Unparsed

_SET = re.compile(r'([a-z_0-9]+)\s*=\s*(?:"([^"]*)"|(\d+)|(\[.*))\s*(?:#.*)?')


def parse(text: str) -> dict[str, Any]:
    """Settings that matter; the last of several files that set one wins."""
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    for _, _, rows in parts(text):
        for number, line in rows:
            match = _SET.fullmatch(line.strip())
            if match is None:
                raise Unparsed(f"line {number} is no setting: {line[:60]!r}")
            found[match[1]] = match[2] if match[2] is not None else match[3] or match[4]
            lines[match[1]] = number
    return {
        "listen_tcp": found.get("listen_tcp", "0") != "0", "auth_tcp": found.get("auth_tcp", "sasl"),
        "auth_unix_rw": found.get("auth_unix_rw"), "socket_mode": found.get("unix_sock_rw_perms"),
        "security_driver": found.get("security_driver"), "qemu_user": found.get("user"),
        "vnc_listen": found.get("vnc_listen"), "_lines": lines,
    }  # fmt: skip
