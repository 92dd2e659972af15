"""Links, sysfs /sys/class/net (kernel docs ABI/testing/sysfs-class-net), and what kind each is.

/sys/class/net/eth0/kind:physical            physical, bond, bridge or virtual (said by the collector)
/sys/class/net/eth0/operstate:up
/sys/class/net/eth0/speed:1000               Mbit/s; -1 unknown; not readable while down
/sys/class/net/eth0/master/uevent:INTERFACE=bond0
/sys/class/net/eth0/statistics/rx_errors:0
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import grepped, percent
from xunwei.parse.text import Unparsed, integer

_PATH = re.compile(
    r"/sys/class/net/([^/]+)/(?:(kind|flags|operstate|carrier|speed|duplex|mtu|address|carrier_changes)"
    r"|(master)/uevent|statistics/([rt]x_(?:packets|bytes|errors|dropped)))"
)
_IFF_UP = 1
Values = dict[str, tuple[str, int]]


def parse(text: str) -> Facts:
    """Facts of `network_links`. `wanted`: administratively up. Percentages are of the packets since the boot."""
    links: dict[str, Values] = {}
    for number, path, value in grepped(text):
        match = _PATH.fullmatch(path)
        if match is None:
            raise Unparsed(f"line {number} is not a link's file: {path[:60]!r}")
        name, plain, master, counter = match.groups()
        key = plain or counter or "master"
        if master and not value.startswith("INTERFACE="):
            continue
        if key in links.setdefault(name, {}):
            raise Unparsed(f"{name} {key} appears twice")
        links[name][key] = (value, number)
    if not links:
        raise Unparsed("no link found")
    return {"links": [_link(name, values) for name, values in links.items()]}


def _link(name: str, values: Values) -> Facts:
    missing = {"kind", "flags", "operstate", "rx_packets", "tx_packets", "rx_errors", "tx_errors"} - values.keys()
    if missing:
        raise Unparsed(f"{name} has no {sorted(missing)[0]}")
    if not re.fullmatch(r"0x[0-9a-f]+", values["flags"][0]):
        raise Unparsed(f"flags of {name} are not hexadecimal")
    count = {k: integer(values[k][0], k) for k in values if k[1:2] == "x"}
    packets = count["rx_packets"] + count["tx_packets"]
    speed = integer(values["speed"][0], "speed") if "speed" in values else None
    duplex = values.get("duplex", ("", 0))[0]
    carrier = values.get("carrier", ("", 0))[0]
    return {
        "name": name,
        "kind": values["kind"][0],
        "wanted": int(values["flags"][0], 16) & _IFF_UP != 0,
        "state": values["operstate"][0],
        "carrier": {"1": True, "0": False}.get(carrier),
        "speed_mbps": speed if speed is not None and 0 < speed < 4294967295 else None,
        "duplex": duplex if duplex in ("full", "half") else None,
        "mtu": integer(values["mtu"][0], "mtu") if "mtu" in values else None,
        "master": values["master"][0].removeprefix("INTERFACE=") if "master" in values else None,
        "packets": packets,
        "errors": count["rx_errors"] + count["tx_errors"],
        "dropped": count.get("rx_dropped", 0) + count.get("tx_dropped", 0),
        "errors_percent": percent(count["rx_errors"] + count["tx_errors"], packets) if packets else 0.0,
        "dropped_percent": percent(count.get("rx_dropped", 0) + count.get("tx_dropped", 0), packets)
        if packets
        else 0.0,
        "_line": values["operstate"][1],
    }
