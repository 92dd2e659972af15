"""`/redfish/v1/Chassis/*`: the box.

Sample (iBMC; DSP0268 Chassis): {"@odata.type": "#Chassis.v1_4_0.Chassis", "Id": "1", "ChassisType": "Rack",
"IndicatorLED": "Off", "Status": {"State": "Enabled", "Health": "OK"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, at, distinct, health, state, text


def parse(raw: str) -> dict[str, Any]:
    """Facts of each chassis. Raises Unparsed."""
    found = [
        at(
            {
                "name": text(r.body, "Id") or r.last,
                "type": text(r.body, "ChassisType"),
                "model": text(r.body, "Model"),
                "serial": text(r.body, "SerialNumber"),
                "power_state": text(r.body, "PowerState"),
                "indicator": text(r.body, "IndicatorLED"),
                "state": state(r.body),
                "health": health(r.body),
                "health_rollup": health(r.body, "HealthRollup"),
            },
            r.line,
        )
        for r in Book(raw).only("Chassis").members("Chassis")
    ]
    return {"chassis": distinct(found)}
