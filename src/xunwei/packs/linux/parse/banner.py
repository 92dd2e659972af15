r"""Texts shown at log-in, each line with `| ` in front.

    == file /etc/issue
    | Debian GNU/Linux 12 \n \l
    == file /etc/issue.net
    == file /etc/motd
    == end

A banner tells too much when it names the system: by name, or by an escape of agetty(8) (\r \s \m \v \S).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_TELLS = re.compile(
    r"\\[rsmvS]|debian|ubuntu|centos|red ?hat|rocky|almalinux|fedora|suse|openeuler|kylin|uos|uniontech|anolis|kernel",
    re.IGNORECASE,
)
_WARNS = re.compile(r"authori[sz]ed|prohibited|monitor|warning|unauthori[sz]ed|授权|警告|禁止|审计", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts: `banners`: what each file holds. /etc/motd is shown after log-in only. Raises Unparsed."""
    parts = Parts(text)
    banners = []
    files = parts.every("file")
    if len(files) != 3 or len(parts.all) != 3:
        raise Unparsed("three files expected")
    for part in files:
        lines = []
        for n, line in part.whole().lines:
            if line != "|" and not line.startswith("| "):
                raise Unparsed(f"line {n} is not a line of a banner: {line[:60]!r}")
            lines.append(line[2:])
        body = "\n".join(lines)
        banners.append(
            {
                "file": part.argument,
                "empty": not body.strip(),
                "tells_system": _TELLS.search(body) is not None,
                "warns": _WARNS.search(body) is not None,
                "before_login": part.argument != "/etc/motd",
                "_line": part.line,
            }
        )
    return {"banners": banners}
