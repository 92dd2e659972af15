"""The lab in a thread, an inventory for it, and `xunwei` as a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from xunwei.lab.harness import Lab

PLATFORMS = {"vrp5": "huawei_vrp", "vrp8": "huawei_vrp", "usg": "huawei_vrp", "comware7": "hp_comware", "ibmc": "redfish"}
CLASSES = {"usg": "firewall", "ibmc": "bmc"}


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One device of every personality."""
    with Lab(["sw-core-1", "sw-access-1", "sw-dc-1", "fw-edge-1", "bmc-app-1"]) as running:
        yield running


def host_of(lab: Lab, name: str) -> dict[str, Any]:
    """Inventory variables of a lab device."""
    device = lab.devices[name]
    variables = {
        "ansible_host": device.address, "ansible_port": device.port, "ansible_user": lab.user,
        "ansible_password": lab.password, "ansible_ssh_common_args": f"-o UserKnownHostsFile={lab.known_hosts}",
        "asset_platform": PLATFORMS[device.personality], "asset_class": CLASSES.get(device.personality, "switch"),
        "asset_variant": "8" if device.personality == "vrp8" else "5", "asset_site": "机房", "asset_services": ["统一受理"],
    }  # fmt: skip
    if device.personality == "ibmc":
        variables["asset_tls_ca"] = str(lab.known_hosts.parent / f"{name}.pem")
    return variables


@pytest.fixture
def host(lab: Lab) -> Callable[[str], dict[str, Any]]:
    """Inventory variables of a device of the lab."""
    return lambda name: host_of(lab, name)
