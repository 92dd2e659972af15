"""Whether libvirt answers at all.

state=answers
uri=qemu:///system
said=
"""

from __future__ import annotations

from typing import Any

from xunwei.parse.text import Unparsed, keyvals


def parse(text: str) -> dict[str, Any]:
    """{state: answers | silent, uri, said}."""
    found = keyvals(text)
    if set(found) != {"state", "uri", "said"} or found["state"][0] not in ("answers", "silent"):
        raise Unparsed("not the three lines expected")
    return {name: value for name, (value, _) in found.items()} | {"_lines": {"state": found["state"][1]}}
