"""`ipmitool lan print` (simulator; ipmitool(1)):

    Auth Type Enable        : Callback :
                            : Admin    : MD5
    RMCP+ Cipher Suites     : 1,2,3,6,7,8,11,12
    Cipher Suite Priv Max   : XXaXXXXXXXXXXXX
                            :     X=Cipher Suite Unused

The n-th letter of `Priv Max` is of the n-th suite named; X: that suite may not be used.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import only, pairs
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """LAN settings. Without known levels every suite named counts as usable. Raises Unparsed."""
    part = only(text)
    found = pairs(part, more=True)
    if "Auth Type Enable" not in found or "IP Address" not in found:
        raise Unparsed("not the settings of a LAN channel")
    ciphers, known = _ciphers(
        found.get("RMCP+ Cipher Suites", ("None", 0))[0], found.get("Cipher Suite Priv Max", ("", 0))[0]
    )
    enabled = {w for line in found["Auth Type Enable"][0].splitlines() for w in line.partition(":")[2].split()}

    def plain(key: str) -> str | None:
        value = found.get(key, ("", 0))[0].splitlines()
        return value[0] if value and value[0] not in ("0.0.0.0", "00:00:00:00:00:00") else None  # noqa: S104 - not bound to

    return {
        "address": plain("IP Address"), "source": plain("IP Address Source"), "mac": plain("MAC Address"),
        "gateway": plain("Default Gateway IP"), "auth_types": sorted(enabled), "ciphers": ciphers, "cipher_levels_known": known,
        "_lines": {
            "auth_types": found["Auth Type Enable"][1], "ciphers": found.get("RMCP+ Cipher Suites", ("", 0))[1],
        },
    }  # fmt: skip


def _ciphers(suites: str, levels: str) -> tuple[list[int], bool]:
    words = suites.splitlines()[0] if suites else "None"
    if words in ("None", "Not Available"):
        return [], False
    if not re.fullmatch(r"\d+(, ?\d+)*", words):
        raise Unparsed(f"cipher suites are {words[:40]!r}")
    numbers = [int(w) for w in words.split(",")]
    letters = levels.splitlines()[0] if levels else ""
    if letters in ("", "Not Available"):
        return numbers, False
    if not re.fullmatch(r"[XcuoaO]+", letters):
        raise Unparsed(f"cipher levels are {letters[:40]!r}")
    return [n for i, n in enumerate(numbers) if i >= len(letters) or letters[i] != "X"], True
