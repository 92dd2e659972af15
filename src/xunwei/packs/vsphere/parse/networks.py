"""`Network`: port groups, standard and distributed.

{"objects": {"network-12": {"name": "VM Network", "overallStatus": "green", "summary.accessible": true}}, "type": "Network"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import objects


def parse(text: str) -> dict[str, Any]:
    """{networks}."""
    return {
        "networks": [
            {
                "_line": thing.line, "id": ident, "name": thing.name(),
                "accessible": thing.flag("summary.accessible", asked=True),
                "status": thing.text("overallStatus", asked=True),
            }
            for ident, thing in objects(text, "Network")
        ]
    }  # fmt: skip
