"""`GET sas_port`: the links to disk enclosures.

Sample: {"ID": "135425", "NAME": "EXP0", "LOCATION": "CTE0.A.EXP0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "10", "TYPE": 214}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import nothing, objects


def parse(raw: str) -> dict[str, Any]:
    """SAS ports. Raises Unparsed."""
    return {"ports": objects(raw, "sas_port", 214, nothing)}
