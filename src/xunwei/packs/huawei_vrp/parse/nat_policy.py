"""`display nat-policy rule all`: address translation rules of a USG with their hit counts.

    Total:2
    RULE ID  RULE NAME                         STATE      ACTION       HITS
    -------------------------------------------------------------------------------
    1        trust_out                         enable     src-nat      5
    0        default                           enable     no-nat       0

After samples in public notes (USG6000 V500, V600).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.rulelist import rules

_ACTIONS = (
    "src-nat",
    "dst-nat",
    "no-nat",
    "source-nat",
    "destination-nat",
    "nat",
    "src-dst-nat",
    "nat64",
    "static-nat",
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `nat_policy`."""
    return rules(text, _ACTIONS)
