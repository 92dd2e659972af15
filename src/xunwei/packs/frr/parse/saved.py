"""/etc/frr/frr.conf, the integrated configuration (FRR documentation, VTY shell); recorded (FRR 8.4.4)."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr import config
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts of the saved configuration; `digest` is comparable with that of the running one; raises Unparsed."""
    if "clipped at" in text.rsplit("\n", 2)[-1] or not re.search(
        r"^(?:frr (?:version|defaults) |hostname \S|router \S|log (?:file|syslog|stdout)|service integrated-vtysh-config)",
        text,
        re.MULTILINE,
    ):
        raise Unparsed("not an FRR configuration")
    return config.read(text)
