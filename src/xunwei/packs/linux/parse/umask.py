"""umask of new sessions: start-up files of the shells and UMASK of login.defs, as `FILE: mask`.

== umask
/etc/profile: 027
/etc/login.defs: 022
== end
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `masks`: octal text, and the permission bits it leaves to group and others. Raises Unparsed."""
    masks = []
    for n, line in Parts(text).one("umask").whole().lines:
        match = re.fullmatch(r"(/\S+): (\S+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not FILE: MASK: {line[:60]!r}")
        if not re.fullmatch(r"0?[0-7]{1,3}", match[2]):
            raise Unparsed(f"line {n}: a mask that is not octal: {match[2][:30]!r}")
        mask = int(match[2], 8)
        left = ~mask & 0o777
        masks.append(
            {
                "file": match[1],
                "mask": f"{mask:03o}",
                "group_write": bool(left & 0o020),
                "other_write": bool(left & 0o002),
                "other_any": bool(left & 0o007),
                "_line": n,
            }
        )
    return {"masks": masks}
