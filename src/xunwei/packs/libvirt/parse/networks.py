"""`virsh net-list --all`.

 Name      State      Autostart   Persistent
----------------------------------------------
 default   active     yes         yes
-- end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.libvirt.answers import lines, table, yes
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{networks}."""
    rows = lines(text)
    networks = []
    for number, (name, state, autostart, persistent) in table(rows, ("Name", "State", "Autostart", "Persistent")):
        if state not in ("active", "inactive"):
            raise Unparsed(f"{name}: state {state[:20]!r}")
        networks.append({
            "_line": number, "name": name, "state": state, "autostart": yes(autostart), "persistent": yes(persistent)
        })  # fmt: skip
    return {"networks": networks}
