"""Exit codes of `rabbitmq-diagnostics check_…`: 0 is good.

== check check_running
code=0
== check check_virtual_hosts
code=0
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"checks": […]}; null for one that did not end or that this release does not know (64)."""
    rows = []
    for part in Parts(text).every("check"):
        code = number(part.whole().pairs().get("code", ("", 0))[0], "code")
        good = None if code in (64, 77, 124, 137) else code == 0
        rows.append({"name": part.argument, "good": good, "_line": part.line})
    if not rows:
        raise Unparsed("no check in the answer")
    return {"checks": rows}
