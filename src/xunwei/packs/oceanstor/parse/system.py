"""`GET system/`: the array as a whole. Capacities in sectors of SECTORSIZE.

Sample (form by the REST Interface Reference): {"data": {"ID": "2102350LAB10F9000001", "NAME": "stor-a", "PRODUCTMODE":
"833", "PRODUCTVERSION": "6.1.6", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "1", "SECTORSIZE": "512", "TOTALCAPACITY":
"93750000000", "USEDCAPACITY": "41250000000"}, "error": {"code": 0, "description": "0"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import HEALTH, RUNNING, single, size, status
from xunwei.packs.rest import percent, told, word

# PRODUCTMODE by the REST Interface References; newer arrays tell productModeString themselves.
MODELS = {
    "811": "OceanStor Dorado 5000 V6", "812": "OceanStor Dorado 5000 V6", "813": "OceanStor Dorado 6000 V6",
    "814": "OceanStor Dorado 6000 V6", "815": "OceanStor Dorado 8000 V6", "816": "OceanStor Dorado 8000 V6",
    "817": "OceanStor Dorado 18000 V6", "818": "OceanStor Dorado 18000 V6", "825": "OceanStor Dorado 3000 V6",
    "826": "OceanStor Dorado 5000 V6", "829": "OceanStor Dorado 8000 V6", "833": "OceanStor 5310",
    "834": "OceanStor 5510", "835": "OceanStor 5610", "836": "OceanStor 6810", "853": "OceanStor 2200",
    "854": "OceanStor 2220", "855": "OceanStor 2600",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Identity, version, status and capacity in bytes. Raises Unparsed."""
    book, path, _, data = single(raw, "system/?")
    total, used = size(data, "TOTALCAPACITY"), size(data, "USEDCAPACITY")
    code = word(data, "PRODUCTMODE") or ""
    release, point = word(data, "PRODUCTVERSION"), word(data, "pointRelease")
    lines = {
        key: line
        for key, name in (("health", "HEALTHSTATUS"), ("running", "RUNNINGSTATUS"), ("used_percent", "USEDCAPACITY"))
        if (line := book.line(path, "data", name))
    }
    return {
        "name": word(data, "NAME"),
        "serial": told(data, "ID"),
        "model": word(data, "productModeString") or MODELS.get(code) or (f"product mode {code}" if code else None),
        "version": point or release,
        "location": word(data, "LOCATION"),
        "health": status(data, "HEALTHSTATUS", HEALTH),
        "running": status(data, "RUNNINGSTATUS", RUNNING),
        "total_bytes": total,
        "used_bytes": used,
        "used_percent": percent(used, total),
        "wwn": word(data, "wwn"),
        "_lines": lines,
    }
