"""Engine and definitions, `clamscan --version`.

    == version
    ClamAV 1.0.9/27400/Tue Nov 24 08:00:00 2026
    == end

Without definitions only `ClamAV 1.0.9` is printed.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Engine, and the version of the daily definitions (null without any)."""
    lines = Parts(text).one("version").whole().lines
    match = re.match(r"ClamAV (\d+(?:\.\d+)+)[^/]*(?:/(\d+)/.*)?$", lines[0][1]) if lines else None
    if match is None:
        raise Unparsed("not what ClamAV says of its version")
    return {"engine": match[1], "definitions": int(match[2]) if match[2] else None, "_line": lines[0][0]}
