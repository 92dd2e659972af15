"""Platform packs: found as folders, loaded when asked for, checked when loaded.

The engine names no platform. A pack lies in `src/xunwei/packs/` or in a folder of the site's `XUNWEI_PACKS_PATH`.
"""

from xunwei.pack.loader import Pack, Section, find, load, platforms
from xunwei.pack.rules import Rule

__all__ = ["Pack", "Rule", "Section", "find", "load", "platforms"]
