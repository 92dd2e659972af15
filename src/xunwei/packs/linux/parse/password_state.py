"""State of the accounts' passwords: /etc/shadow with each hash reduced on the host to the name of its scheme.

    == shadow
    root:sha512:0:20228:0:99999:7::
    ops:yescrypt:0:20700:7:90:14:30:
    bin:none:1:18353:0:99999:7::
    == end

Fields: name, scheme, locked, last change (days since 1970), minimum, maximum, warning, inactive, expiry (shadow(5)). An
empty field means that the feature is off: maximum 99999, minimum and warning 0, inactive, expiry and last change -1.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

SCHEMES = frozenset(
    [
        "empty",
        "none",
        "md5",
        "bcrypt",
        "sha256",
        "sha512",
        "scrypt",
        "yescrypt",
        "gost_yescrypt",
        "sm3",
        "sha1",
        "sunmd5",
        "nt",
        "bsdi",
        "des",
        "unknown",
    ]
)


def parse(text: str) -> dict[str, Any]:
    """Facts: `accounts`. `password` is true when one can log in by password (an empty one counts). Raises Unparsed."""
    accounts = []
    for n, line in Parts(text).one("shadow").whole().lines:
        words = line.split(":")
        if len(words) != 9 or not words[0] or words[1] not in SCHEMES or words[2] not in ("0", "1"):
            raise Unparsed(f"line {n} is not the state of a password: {line[:60]!r}")

        def days(index: int, off: int, words: list[str] = words) -> int:
            return number(words[index], "days") if words[index] else off

        accounts.append(
            {
                "name": words[0],
                "scheme": words[1],
                "locked": words[2] == "1",
                "password": words[2] == "0" and words[1] != "none",
                "changed_day": days(3, -1),
                "min_days": days(4, 0),
                "max_days": days(5, 99999),
                "warn_days": days(6, 0),
                "inactive_days": days(7, -1),
                "expire_day": days(8, -1),
                "_line": n,
            }
        )
    if not accounts:
        raise Unparsed("no account at all")
    return {"accounts": accounts}
