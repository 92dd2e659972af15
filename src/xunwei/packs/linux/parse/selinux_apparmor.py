"""Mandatory access control: SELinux, AppArmor, KySec, from /sys and /etc/selinux/config.

    == lsm
    lsm=lockdown,capability,yama,selinux
    selinux_enforce=1
    selinux_fs=present
    == config
    SELINUX=enforcing
    == end

`apparmor=Y` is /sys/module/apparmor/parameters/enabled; `== apparmor_profiles` counts profiles by mode (root only);
`== kysec` is `getstatus` of Kylin.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Part, Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `selinux` (enforcing, permissive, disabled), `apparmor`, `kysec`, `active`. Raises Unparsed."""
    parts = Parts(text)
    lsm = parts.one("lsm").pairs()
    config = parts.one("config").pairs()
    enforce = lsm.get("selinux_enforce", ("", 0))[0]
    if enforce not in ("", "0", "1", "?"):
        raise Unparsed(f"selinux_enforce is {enforce[:20]!r}")
    selinux = {"1": "enforcing", "0": "permissive", "": "disabled", "?": "unknown"}[enforce]
    if "selinux_fs" in lsm and enforce == "":
        raise Unparsed("SELinux is mounted but does not say whether it enforces")
    apparmor = lsm.get("apparmor", ("N", 0))[0] == "Y"
    profiles = parts.get("apparmor_profiles")
    enforced = number(profiles.pairs().get("enforce", ("0", 0))[0], "profiles") if profiles else None
    kysec = _kysec(parts.get("kysec"))
    return {
        "lsm": lsm["lsm"][0] if "lsm" in lsm and lsm["lsm"][0] != "?" else None,
        "selinux": selinux,
        "selinux_configured": config["SELINUX"][0] if "SELINUX" in config else "",
        "apparmor": apparmor,
        "apparmor_enforced": enforced if apparmor else 0,
        "kysec": kysec,
        # AppArmor without an enforced profile guards nothing; without root the profiles are not seen.
        "active": None if selinux == "unknown" else _active(selinux, apparmor, enforced, kysec),
        "_lines": {"active": next(iter(lsm.values()))[1] if lsm else parts.one("lsm").line},
    }


def _active(selinux: str, apparmor: bool, enforced: int | None, kysec: str) -> bool | None:
    if selinux == "enforcing" or kysec == "enabled":
        return True
    if apparmor:
        return None if enforced is None else enforced > 0
    return False


def _kysec(part: Part | None) -> str:
    if part is None or part.failed:
        return ""
    told = " ".join(line for _, line in part.lines).lower()
    match = re.search(r"kysec status:? *([a-z]+)", told)
    if match is None:
        return ""
    return "enabled" if match[1] in ("enabled", "normal", "strict") else "disabled"
