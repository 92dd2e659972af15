"""The lab in a thread, an inventory for it, and `xunwei` as a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tool import host_of
from xunwei.lab.harness import Lab


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One device of every personality."""
    with Lab(["sw-core-1", "sw-access-1", "sw-dc-1", "fw-edge-1", "bmc-app-1"]) as running:
        yield running


@pytest.fixture
def host(lab: Lab) -> Callable[[str], dict[str, Any]]:
    """Inventory variables of a device of the lab."""
    return lambda name: host_of(lab, name)
