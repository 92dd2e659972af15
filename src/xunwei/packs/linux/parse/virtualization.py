"""What the system runs on, and which guest agents run.

detect=kvm                       systemd-detect-virt(1): vm or container type, or `none`
sys_vendor=QEMU
product_name=Standard PC (Q35 + ICH9, 2009)
cpu_flag=hypervisor
agents=qemu-ga
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import lines_of, text_of, whole
from xunwei.parse.text import Unparsed

# systemd-detect-virt(1), table of container kinds; every other word but `none` is a virtual machine.
CONTAINERS = frozenset(
    {"openvz", "lxc", "lxc-libvirt", "systemd-nspawn", "docker", "podman", "rkt", "wsl", "proot", "pouch"}
    | {"container-other", "containerd"}
)
_KNOWN = {"detect", "hypervisor_type", "sys_vendor", "product_name", "cpu_flag", "container", "dev_kvm", "agents"}
_VENDORS = (
    (r"VMware", "vmware"),
    (r"QEMU|KVM|OpenStack|RHEV|oVirt", "kvm"),
    (r"Microsoft Corporation.*Virtual Machine", "microsoft"),
    (r"innotek|VirtualBox", "oracle"),
    (r"Xen", "xen"),
)


def parse(text: str) -> Facts:
    """Facts of `virtualization`. `kind`: vm, container, physical; null when it could not be seen."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in whole(text):
        key, sep, value = line.partition("=")
        if not sep or key not in _KNOWN:
            raise Unparsed(f"line {number} is not a known KEY=VALUE: {line[:60]!r}")
        if key in found and key != "container":
            raise Unparsed(f"key {key!r} appears twice")
        found[key] = (value.strip(), number)
    if not found:
        raise Unparsed("nothing found")
    agents = found.get("agents", ("?", 0))[0]
    kind, product = _kind(found)
    return {
        "kind": kind,
        "type": product,
        "kvm_host": text_of(found, "dev_kvm") == "yes" and kind == "physical",
        "guest_agents": None if agents == "?" else agents.split(),
        "_lines": lines_of(found, kind="detect", type="detect", guest_agents="agents"),
    }


def _kind(found: dict[str, tuple[str, int]]) -> tuple[str | None, str | None]:
    detect = text_of(found, "detect") or text_of(found, "container")
    if detect is not None:
        if not re.fullmatch(r"[a-z0-9-]+", detect):
            raise Unparsed(f"detect is not a word: {detect[:40]!r}")
        if detect == "none":
            return "physical", "none"
        return ("container" if detect in CONTAINERS else "vm"), detect
    maker = f"{text_of(found, 'sys_vendor') or ''} {text_of(found, 'product_name') or ''}"
    for pattern, name in _VENDORS:
        if re.search(pattern, maker):
            return "vm", name
    if text_of(found, "cpu_flag") == "hypervisor" or text_of(found, "hypervisor_type"):
        return "vm", text_of(found, "hypervisor_type") or "vm-other"
    return None, None
