"""HTTP codes that a stranger gets from APIs which must be closed.

== anonymous
/v1/auth/users=403
/v1/cs/configs=403
/v1/core/cluster/nodes=403
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"apis": […]}; `open` is null when nobody answered."""
    rows = []
    for path, (value, line) in Parts(text).one("anonymous").whole().pairs().items():
        code = number(value, "code")
        rows.append(
            {"path": path, "code": code, "open": None if code < 100 or code >= 500 else code == 200, "_line": line}
        )
    if not rows:
        raise Unparsed("no API was asked")
    return {"apis": rows}
