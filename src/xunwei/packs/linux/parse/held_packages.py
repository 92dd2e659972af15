"""Packages kept from being updated: dpkg's hold, the versionlock plugin of yum and dnf, exclude= of their settings.

== dpkg
libexample1
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `held`. Raises Unparsed."""
    parts = Parts(text)
    if len(parts.all) != 1 or parts.all[0].name not in ("dpkg", "rpm"):
        raise Unparsed("one part, dpkg or rpm, expected")
    held = []
    for n, line in parts.all[0].whole().lines:
        words = line.split()
        if len(words) == 2 and words[0] == "exclude":
            held.append({"name": words[1], "how": "exclude", "_line": n})
        elif len(words) == 1:
            held.append({"name": words[0], "how": "hold", "_line": n})
        else:
            raise Unparsed(f"line {n} is not a package: {line[:60]!r}")
    return {"held": held, "count": len(held)}
