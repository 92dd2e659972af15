"""Lock-out after failed log-ins: pam_faillock, pam_tally2 or pam_tally in PAM, and faillock.conf.

    == faillock_conf
    deny = 5
    == pam
    password-auth: auth required pam_faillock.so preauth silent
    password-auth: auth [default=die] pam_faillock.so authfail
    su: auth required pam_wheel.so use_uid
    == pam_files
    /etc/pam.d/password-auth
    == end

An argument of the PAM line beats faillock.conf; without either: deny 3, unlock_time 600 (faillock.conf(5)). tally2
locks until an administrator unlocks when there is no unlock_time: 0 here, as pam_faillock's 0 and `never`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux import pam
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

FACTORS = ("pam_radius_auth", "pam_radius", "pam_oath", "pam_google_authenticator", "pam_pkcs11", "pam_u2f")


def parse(text: str) -> dict[str, Any]:
    """Facts: `enabled`, and `deny`, `unlock_seconds` (0 when not enabled, or for ever). Raises Unparsed."""
    parts = Parts(text)
    if not parts.one("pam_files").lines:
        raise Unparsed("neither password-auth nor common-auth: the PAM files of this system are not known")
    conf = {k: v[0] for k, v in pam.settings(parts.one("faillock_conf")).items()}
    lines = pam.read(parts.one("pam"))
    auth = [p for p in lines if p.type == "auth"]
    facts: dict[str, Any] = {
        "module": "",
        "enabled": False,
        "deny": 0,
        "unlock_seconds": 0,
        "for_ever": False,
        "even_deny_root": False,
        "su_wheel": any(p.file == "su" and p.module == "pam_wheel" and p.control == "required" for p in auth),
        "second_factors": sorted({p.module for p in auth if p.module in FACTORS}),
        "_lines": dict.fromkeys(("enabled", "even_deny_root", "su_wheel"), parts.one("pam").line),
    }
    faillock = [p for p in auth if p.module == "pam_faillock"]
    tally = [p for p in auth if p.module in ("pam_tally2", "pam_tally") and (p.int_value("deny") or 0) > 0]
    if faillock:
        # authfail counts, preauth refuses: one without the other locks nobody out. sshd reads password-auth or
        # common-auth.
        remote = [p for p in faillock if p.file not in ("system-auth", "login", "su")]
        facts["module"] = "pam_faillock"
        facts["enabled"] = all(any(a in p.arguments for p in remote) for a in ("preauth", "authfail"))
        _limits(facts, remote or faillock, conf)
        facts["_lines"]["enabled"] = (remote or faillock)[0].line
    elif tally:
        remote = [p for p in tally if p.file not in ("system-auth", "login", "su")]
        facts["module"] = tally[0].module
        facts["enabled"] = bool(remote)
        _limits(facts, remote or tally, {"unlock_time": "0"})
        facts["_lines"]["enabled"] = tally[0].line
    if not facts["enabled"]:
        facts.update(deny=0, unlock_seconds=0, for_ever=False, even_deny_root=False)
    return facts


def _limits(facts: dict[str, Any], lines: list[pam.Pam], conf: dict[str, str]) -> None:
    deny = [v for p in lines if (v := p.int_value("deny")) is not None]
    unlock = [w for p in lines if (w := p.value("unlock_time"))] or [conf.get("unlock_time") or "600"]
    facts["deny"] = max(deny) if deny else number(conf.get("deny") or "3", "deny")
    seconds = [0 if v == "never" else number(v, "unlock_time") for v in unlock]
    facts["for_ever"] = all(s == 0 for s in seconds)
    facts["unlock_seconds"] = 0 if facts["for_ever"] else min(s for s in seconds if s != 0)
    facts["even_deny_root"] = "even_deny_root" in conf or any(p.value("even_deny_root") is not None for p in lines)
