"""Security updates that wait, from what lies on the host (no network): apt's security lists, or dnf/yum's updateinfo.

    == metadata
    1795597420 /var/lib/apt/lists/partial
    security_lists=1
    == apt
    libexpat1 2.5.0-1+deb12u1 2.5.0-1+deb12u5
    installed=914
    listed=3180
    == end

With apt: package, installed version, a version of the security list that differs (older ones are in there too: which is
newer is found here, by Debian's order of versions). With dnf and yum, under `== updateinfo`:

    RHSA-2026:1234 Important/Sec. openssl-libs-1:1.0.2k-26.el7_9.x86_64

Without any security list on the host nothing is known: `security` is null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.debian_version import compare
from xunwei.packs.linux.parts import Part, Parts, number
from xunwei.parse import Unparsed

_ADVISORY = re.compile(
    r"([A-Za-z][A-Za-z0-9:._-]+) +((?:Critical|Important|Moderate|Low|None|Unknown)/Sec\.|security) +(\S+)"
)
_NOISE = re.compile(
    r"(Last metadata expiration check|Loaded plugins|updateinfo list done|Repository .* is listed more|Loading mirror)"
)
_VERSION = re.compile(r"[0-9A-Za-z.+~:-]{1,200}", re.ASCII)


def parse(text: str) -> dict[str, Any]:
    """Facts: `security` (packages; null when not known), `packages`, `metadata_time` (epoch). Raises Unparsed."""
    parts = Parts(text)
    times, lists = [], None
    for n, line in parts.one("metadata").lines:
        match = re.fullmatch(r"([0-9]{1,12}) /\S.*", line, re.ASCII)
        if match:
            times.append(int(match[1]))
        elif line.startswith("security_lists="):
            lists = number(line.partition("=")[2], "security_lists")
        else:
            raise Unparsed(f"line {n} is not TIME PATH: {line[:60]!r}")
    if lists is None:
        raise Unparsed("it is not said how many lists there are")
    apt = parts.get("apt")
    facts: dict[str, Any] = {
        "source": "apt" if apt else "updateinfo",
        "security": None,
        "important": None,
        "packages": [],
        "metadata_time": max(times) if times else None,
        "_lines": {"metadata_time": parts.one("metadata").line + 1, "security": (apt or parts.one("updateinfo")).line},
    }
    if lists == 0:
        return facts
    packages = _apt(apt.whole()) if apt else _updateinfo(parts.one("updateinfo").whole())
    facts.update(security=len(packages), packages=packages)
    if apt is None:
        facts["important"] = sum(p["severity"] in ("Critical", "Important") for p in packages)
    return facts


def _apt(part: Part) -> list[dict[str, Any]]:
    newest: dict[str, dict[str, Any]] = {}
    told: dict[str, int] = {}
    for n, line in part.lines:
        pair = re.fullmatch(r"(installed|listed)=([0-9]{1,9})", line, re.ASCII)
        if pair:
            told[pair[1]] = int(pair[2])
            continue
        words = line.split(" ")
        if len(words) != 3 or not _VERSION.fullmatch(words[1]) or not _VERSION.fullmatch(words[2]):
            raise Unparsed(f"line {n} is not NAME INSTALLED LISTED: {line[:60]!r}")
        name, have, listed = words
        base = newest[name]["candidate"] if name in newest else have
        if compare(base, listed) < 0:
            newest[name] = {"name": name, "installed": have, "candidate": listed, "severity": "", "_line": n}
    if not told.get("installed") or not told.get("listed"):
        raise Unparsed("the lists of packages are empty")
    return list(newest.values())


def _updateinfo(part: Part) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    rank = {"Critical": 4, "Important": 3, "Moderate": 2, "Low": 1}
    for n, line in part.lines:
        if _NOISE.match(line):
            continue
        match = _ADVISORY.fullmatch(line.strip())
        if match is None:
            raise Unparsed(f"line {n} is not an advisory: {line[:60]!r}")
        severity = match[2].partition("/")[0] if match[2] != "security" else ""
        name = re.sub(r"-[^-]+-[^-]+$", "", match[3])
        entry = {"name": name, "installed": "", "candidate": match[3], "severity": severity, "_line": n}
        if name not in found or rank.get(severity, 0) > rank.get(found[name]["severity"], 0):
            found[name] = entry
    return list(found.values())
