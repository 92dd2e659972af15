"""The lines in which a device says what it is. Simulator:

sip-udp: Server: TE40 V600R019C00SPC400
web: Server: AV-Web/1.0
web: Title: TE40 V600R019C00SPC400
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.text import numbered

_LINE = re.compile(r"(sip-udp|sip-tcp|rtsp|web): ([A-Za-z-]+): (\S.*)")
# Huawei's way to write a release, and dotted numbers that stand alone.
_RELEASE = re.compile(r"(?<![A-Za-z0-9])V\d{3}R\d{3}C\d{2}(?:SPC\d{1,4})?(?:B\d{1,4})?(?![A-Za-z0-9])")
_DOTTED = re.compile(r"(?<![A-Za-z0-9.])[vV]?(\d{1,4}(?:\.\d{1,5}){1,4})(?![A-Za-z0-9.])")


def parse(text: str) -> dict[str, Any]:
    """Every line, the versions named in them, and the device's own one: a release that all lines agree on, else null.

    A dotted number may be a protocol stack's or a web server's: it is listed, never taken for the device's version.
    """
    lines, releases, versions = [], [], []
    for number, line in numbered(text):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} does not say who says it: {line[:60]!r}")
        lines.append({"source": match[1], "text": match[3], "_line": number})
        releases += _RELEASE.findall(match[3])
        versions += [*_RELEASE.findall(match[3]), *_DOTTED.findall(match[3])]
    if not lines:
        raise Unparsed("no line")
    own = releases[0] if len(set(releases)) == 1 else None
    said = "; ".join(dict.fromkeys(str(row["text"]) for row in lines))
    return {"lines": lines, "text": said, "versions": list(dict.fromkeys(versions)), "version": own, "_line": 1}
