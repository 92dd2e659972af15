"""Make, model, CPU and memory size: sysfs DMI fields, MemTotal, lscpu(1) (or lines of /proc/cpuinfo).

sys_vendor=Example Systems
product_name=R100
product_serial=?                  only root may read it
MemTotal:       131072000 kB
Architecture:          x86_64
CPU(s):                32
Model name:            Example CPU @ 2.10GHz
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import kib, whole
from xunwei.parse.text import Unparsed, integer

_DMI = re.compile(r"(sys_vendor|product_name|product_serial|chassis_type|board_name|bios_(?:vendor|version|date))=(.*)")
_PAIR = re.compile(r"\s*([A-Za-z][^:]*?)\s*:(?:\s+(.*))?")
# Serial numbers that vendors leave in the firmware.
_BLANK = re.compile(
    r"(?i)(none|not specified|not available|to be filled by o\.?e\.?m\.?|default string|0+|n/?a|unknown)?"
)


def parse(text: str) -> Facts:
    """Facts of `hardware`. `dmi` tells whether firmware tables are there at all; null values could not be read."""
    dmi: dict[str, str | None] = {}
    pairs: dict[str, tuple[str, int]] = {}
    processors: list[dict[str, str]] = []
    for number, line in whole(text):
        match = _DMI.fullmatch(line)
        if match:
            value = match.group(2).strip()
            dmi[match.group(1)] = None if value == "?" or _BLANK.fullmatch(value) else value
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise Unparsed(f"line {number} is not KEY: VALUE: {line[:60]!r}")
        key, value = pair.group(1), (pair.group(2) or "").strip()
        if key == "processor":
            processors.append({})
        elif processors:
            processors[-1][key] = value
        else:
            pairs.setdefault(key, (value, number))
    if "MemTotal" not in pairs:
        raise Unparsed("MemTotal not found")
    cpu = _from_cpuinfo(processors) if processors else _from_lscpu(pairs)
    return {
        "dmi": bool(dmi),
        "vendor": dmi.get("sys_vendor"),
        "model": dmi.get("product_name"),
        "serial": dmi.get("product_serial"),
        "bios_version": dmi.get("bios_version"),
        "bios_date": dmi.get("bios_date"),
        "memory_kib": kib(pairs["MemTotal"][0], "MemTotal"),
        **cpu,
        "_lines": {"memory_kib": pairs["MemTotal"][1]} | ({"cpus": pairs["CPU(s)"][1]} if "CPU(s)" in pairs else {}),
    }


def _from_lscpu(pairs: dict[str, tuple[str, int]]) -> Facts:
    def number(key: str) -> int | None:
        value = pairs.get(key, ("", 0))[0]
        return integer(value, key) if value not in ("", "-") else None

    cpus = number("CPU(s)")
    if cpus is None:
        raise Unparsed("number of CPUs not found")
    sockets = number("Socket(s)") or number("Cluster(s)")
    offline = pairs.get("Off-line CPU(s) list", ("", 0))[0]
    return {
        "cpu_model": pairs.get("Model name", ("", 0))[0].strip("- ") or None,
        "cpus": cpus,
        "sockets": sockets,
        "cores_per_socket": number("Core(s) per socket") or number("Core(s) per cluster"),
        "threads_per_core": number("Thread(s) per core"),
        "cpus_offline": offline or None,
    }


def _from_cpuinfo(processors: list[dict[str, str]]) -> Facts:
    packages = {p["physical id"] for p in processors if "physical id" in p}
    cores = {p["cpu cores"] for p in processors if "cpu cores" in p}
    return {
        "cpu_model": processors[0].get("model name"),
        "cpus": len(processors),
        "sockets": len(packages) or None,
        "cores_per_socket": integer(cores.pop(), "cpu cores") if len(cores) == 1 else None,
        "threads_per_core": None,
        "cpus_offline": None,
    }
