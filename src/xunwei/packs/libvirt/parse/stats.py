"""`virsh domstats --list-running --cpu-total --balloon --vcpu --interface --block`.

Domain: 'vm-1'
  cpu.time=383297000
  balloon.current=4194304
  balloon.unused=1000000
  vcpu.current=4
  net.0.name=vnet0
  net.0.rx.errs=0
  block.0.name=vda
  block.0.capacity=1073741824
-- end
CPU time in nanoseconds, memory in KiB; `balloon.unused` only with a balloon driver in the guest.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.libvirt.answers import domstats, lines, whole

Stats = dict[str, str]


def parse(text: str) -> dict[str, Any]:
    """{domains, disks, interfaces}."""
    rows = lines(text)
    domains, disks, interfaces = [], [], []
    for name, line, stats in domstats(rows):
        memory, unused = whole(stats, "balloon.current"), whole(stats, "balloon.unused")
        used = (
            round(100 * (memory - unused) / memory, 1) if memory and unused is not None and unused <= memory else None
        )
        domains.append({
            "_line": line, "name": name, "vcpus": whole(stats, "vcpu.current"), "cpu_time": whole(stats, "cpu.time"),
            "memory_kib": memory, "unused_kib": unused, "used_percent": used,
        })  # fmt: skip
        disks += [_disk(name, line, stats, n) for n in range(whole(stats, "block.count") or 0)]
        interfaces += [_interface(name, line, stats, n) for n in range(whole(stats, "net.count") or 0)]
    return {"domains": domains, "disks": disks, "interfaces": interfaces}


def _disk(domain: str, line: int, stats: Stats, index: int) -> dict[str, Any]:
    get = f"block.{index}."
    capacity, physical = whole(stats, f"{get}capacity"), whole(stats, f"{get}physical")
    return {
        "_line": line, "domain": domain, "name": stats.get(f"{get}name", f"disk {index}"), "path": stats.get(f"{get}path"),
        "capacity": capacity, "allocation": whole(stats, f"{get}allocation"), "physical": physical,
        "used_percent": round(100 * physical / capacity, 1) if capacity and physical is not None else None,
    }  # fmt: skip


def _interface(domain: str, line: int, stats: Stats, index: int) -> dict[str, Any]:
    name = stats.get(f"net.{index}.name", f"net {index}")
    counts = {"rx_errors": "rx.errs", "rx_drops": "rx.drop", "tx_errors": "tx.errs", "tx_drops": "tx.drop"}
    values = {key: whole(stats, f"net.{index}.{word}") for key, word in counts.items()}
    return {"_line": line, "key": f"{domain} {name}", "domain": domain, "name": name, **values}
