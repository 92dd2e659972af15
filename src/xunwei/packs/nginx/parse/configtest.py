"""Whether the configuration on disk would be accepted, `nginx -t`.

== test
nginx: [warn] conflicting server name "portal.example" on 0.0.0.0:80, ignored
nginx: configuration file /etc/nginx/nginx.conf test is successful
== result
code=0
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"good": bool, "messages": […]}."""
    parts = Parts(text)
    code = number(parts.one("result").pairs().get("code", ("", 0))[0], "code")
    lines = parts.one("test").whole().lines
    messages = []
    for n, line in lines:
        match = re.match(r"nginx: \[(warn|error|crit|alert|emerg|notice)\] (.+)", line)
        if match is not None:
            messages.append({"level": match[1], "text": match[2][:200], "_line": n})
    good = any(line.endswith("test is successful") for _, line in lines)
    if not lines or good != (code == 0):
        raise Unparsed("the test says neither that it succeeded nor that it failed")
    return {"good": good, "messages": messages}
