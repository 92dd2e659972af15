"""The embedded lab: simulated network devices and BMCs on loopback, strict and stateful, with faults to switch on.

`Lab` (for tests) and `control` (for the command line) are the two ways in. Nothing here leaves 127.0.0.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xunwei.lab.harness import Lab as Lab

__all__ = ["Lab"]


def __getattr__(name: str) -> Any:
    """`Lab` is loaded when it is used: the command line does not need an SSH server to read a status."""
    if name == "Lab":
        from xunwei.lab.harness import Lab

        return Lab
    raise AttributeError(name)
