"""Release of Tomcat, from catalina.jar.

== version
server.info=Apache Tomcat/10.1.60
server.number=10.1.60.0
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Version as in `server.number` without the last 0, and the product's own name."""
    found = Parts(text).one("version").whole().pairs()
    number, info = found.get("server.number", ("", 0)), found.get("server.info", ("", 0))
    if not re.fullmatch(r"\d+(\.\d+){1,3}", number[0]) or not info[0]:
        raise Unparsed("server.number is missing")
    return {"product": info[0].partition("/")[0], "version": ".".join(number[0].split(".")[:3]), "_line": number[1]}
