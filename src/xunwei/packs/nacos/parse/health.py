"""The probes of readiness and liveness: HTTP code and words (Nacos manual, open API).

== probe readiness
code=200
text=OK
== probe liveness
code=200
text=OK
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"probes": […]}, both of them."""
    rows = []
    for part in Parts(text).every("probe"):
        pairs = part.whole().pairs()
        code = number(pairs.get("code", ("", 0))[0], "code")
        # A gateway's page with 200 is no probe: Nacos says OK, or from 2.x a JSON object with code 0.
        words = pairs.get("text", ("", 0))[0].strip().strip('"')
        if code == 200 and not (words.upper() in ("OK", "UP") or words.startswith("{")):
            raise Unparsed(f"not the words of a probe: {words[:60]!r}")
        good = code == 200 and ('"code":0' in words.replace(" ", "") if words.startswith("{") else True)
        rows.append({"name": part.argument, "good": good, "code": code, "_line": part.line})
    if [r["name"] for r in rows] != ["readiness", "liveness"]:
        raise Unparsed("readiness and liveness were not both asked")
    return {"probes": rows}
