"""ECC error counters of the memory controllers (kernel docs admin-guide/ras, sysfs EDAC).

    /sys/devices/system/edac/mc/mc0/mc_name:Example_mc#0
    /sys/devices/system/edac/mc/mc0/ce_count:0
    /sys/devices/system/edac/mc/mc0/ue_count:0
    /sys/devices/system/edac/mc/mc0/dimm0/dimm_label:CPU_SrcID#0_Channel#0_DIMM#0
    /sys/devices/system/edac/mc/mc0/dimm0/dimm_ce_count:0

`controllers=none` comes from real hardware whose counters no driver shows: not seen, so null.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import grepped
from xunwei.parse.text import Unparsed, integer

_PATH = re.compile(r"/sys/devices/system/edac/mc/(mc\d+)/(?:(dimm\d+)/)?(\w+)")


def parse(text: str) -> Facts:
    """Facts of `edac`; counts are since the driver was loaded."""
    if text.strip() == "controllers=none":
        return {"controllers": None, "dimms": None, "counts": []}
    values: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}
    for number, path, value in grepped(text):
        match = _PATH.fullmatch(path)
        if match is None:
            raise Unparsed(f"line {number} is not a memory controller's file: {path[:60]!r}")
        values.setdefault((match.group(1), match.group(2) or ""), {})[match.group(3)] = (value, number)
    controllers = [_controller(mc, entry) for (mc, dimm), entry in sorted(values.items()) if not dimm]
    if not controllers:
        raise Unparsed("no memory controller found")
    dimms = [_dimm(mc, dimm, entry) for (mc, dimm), entry in sorted(values.items()) if dimm]
    return {"controllers": controllers, "dimms": dimms, "counts": [dict(c) for c in controllers]}


def _controller(name: str, entry: dict[str, tuple[str, int]]) -> Facts:
    if "ce_count" not in entry or "ue_count" not in entry:
        raise Unparsed(f"{name} has no error counters")
    return {
        "name": name,
        "corrected": integer(entry["ce_count"][0], "ce_count"),
        "uncorrected": integer(entry["ue_count"][0], "ue_count"),
        "_line": entry["ue_count"][1],
    }


def _dimm(controller: str, name: str, entry: dict[str, tuple[str, int]]) -> Facts:
    counts = {k: integer(entry[f"dimm_{k}_count"][0], k) for k in ("ce", "ue") if f"dimm_{k}_count" in entry}
    return {
        "name": f"{controller}/{name}",
        "label": entry["dimm_label"][0] if "dimm_label" in entry else None,
        "corrected": counts.get("ce"),
        "uncorrected": counts.get("ue"),
        "_line": min(line for _, line in entry.values()),
    }
