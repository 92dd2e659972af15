"""Platform packs: found as folders, loaded when asked for, checked when loaded.

The engine names no platform. A pack lies in `src/xunwei/packs/` or in a folder of the site's `XUNWEI_PACKS_PATH`.
"""

from xunwei.pack.loader import Counters, Pack, Section, Trend, find, load, platforms
from xunwei.pack.rules import Rule

__all__ = ["Counters", "Pack", "Rule", "Section", "Trend", "find", "load", "platforms"]
