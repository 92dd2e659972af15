"""`show temperature` (RGOS 11; columns differ by model, slot, current and warning temperature are always there).

Slot    Sensor    Current(C)    Warning(C)    Shutdown(C)
----    ------    ----------    ----------    -----------
0       board     38.0          75            85
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.ios import maybe_real, real, shown
from xunwei.packs.ruijie_rgos.rgos import rows


def parse(text: str) -> dict[str, Any]:
    """{"sensors": [{name, celsius, warning, alarm}]}; raises Unparsed."""
    sensors = []
    for number, row in rows(shown(text), "slot", "current", "warning"):
        name = f"{row['slot']}/{row['sensor']}" if row.get("sensor") else row["slot"]
        sensors.append(
            {"name": name, "celsius": real(row["current"], "temperature"), "warning": maybe_real(row["warning"])}
            | {"alarm": maybe_real(row.get("shutdown", "N/A")), "_line": number}
        )
    return {"sensors": sensors}
