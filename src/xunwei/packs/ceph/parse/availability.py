"""Whether the cluster answers at all.

state=answers
said=
"""

from __future__ import annotations

from typing import Any

from xunwei.parse.text import Unparsed, keyvals


def parse(text: str) -> dict[str, Any]:
    """{state: answers | silent, said}."""
    found = keyvals(text)
    state = found.get("state", ("", 0))[0]
    if set(found) != {"state", "said"} or state not in ("answers", "silent"):
        raise Unparsed("not the two lines expected")
    return {"state": state, "said": found["said"][0], "_lines": {"state": found["state"][1]}}
