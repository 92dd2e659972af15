"""`display security-policy rule all`: security rules of a USG with their hit counts.

    Total:2
    RULE ID  RULE NAME                         STATE      ACTION       HITS
    -------------------------------------------------------------------------------
    1        trust_to_untrust                  enable     permit       5
    0        default                           enable     deny         3
    -------------------------------------------------------------------------------

After samples in public notes (USG6000 V500, V600); what each rule matches is in the configuration.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.rulelist import rules
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts of `security_policy`: the rules and the action of the default rule."""
    facts = rules(text, ("permit", "deny"))
    default = [r for r in facts["rules"] if r["default"]]
    if len(default) != 1 or default[0]["action"] is None:
        raise Unparsed("default rule not found")
    return facts | {"default_action": default[0]["action"], "_lines": {"default_action": default[0]["_line"]}}
