"""What is deployed: folders, files and contexts.

== applications
folder ROOT
file portal.war
context portal
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

# Applications that come with Tomcat and have no place on a server in use.
SAMPLES = ("docs", "examples", "manager", "host-manager")


def parse(text: str) -> Facts:
    """{"applications": […]} by name, each once."""
    found: dict[str, Facts] = {}
    for n, line in Parts(text).one("applications").whole().lines:
        match = re.fullmatch(r"(folder|file|context) (.+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not an application: {line[:60]!r}")
        name = match[2].removesuffix(".war")
        found.setdefault(name, {"name": name, "sample": name in SAMPLES, "_line": n})
    return {"applications": list(found.values())}
