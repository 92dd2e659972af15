"""Kind `frr`: real FRRouting routers (needs root and the package frr)."""

from __future__ import annotations

from xunwei.lab.frr.fabric import missing as available
from xunwei.lab.frr.fabric import start

__all__ = ["available", "start"]
