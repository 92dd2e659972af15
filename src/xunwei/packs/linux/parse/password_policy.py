"""Rules for new passwords: login.defs, pwquality.conf, pwhistory.conf and the password lines of PAM.

    == login_defs
    PASS_MAX_DAYS=90
    == pwquality
    minlen = 10
    == pwhistory
    == pam
    system-auth: password requisite pam_pwquality.so try_first_pass retry=3 minclass=3
    system-auth: password sufficient pam_unix.so sha512 shadow nullok use_authtok remember=5
    == pam_files
    /etc/pam.d/system-auth
    == end

An argument of the PAM line beats pwquality.conf (pam_pwquality(8)); without either pwquality asks for 8. Without a
quality module nothing is enforced: `minlen` is 0 then, because PAM does not read PASS_MIN_LEN.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux import pam
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

QUALITY = ("pam_pwquality", "pam_cracklib", "pam_passwdqc")
CREDITS = ("dcredit", "ucredit", "lcredit", "ocredit")


def parse(text: str) -> dict[str, Any]:
    """Facts: limits in force for a new password. Raises Unparsed."""
    parts = Parts(text)
    defs = parts.one("login_defs").pairs()
    lines = pam.read(parts.one("pam"))
    if not parts.one("pam_files").lines:
        raise Unparsed("neither system-auth nor common-password: the PAM files of this system are not known")
    conf = {k: v[0] for k, v in pam.settings(parts.one("pwquality")).items()}
    history = {k: v[0] for k, v in pam.settings(parts.one("pwhistory")).items()}
    quality = next((p for p in lines if p.type == "password" and p.module in QUALITY), None)
    facts: dict[str, Any] = {
        "max_days": _defs(defs, "PASS_MAX_DAYS"),
        "min_days": _defs(defs, "PASS_MIN_DAYS"),
        "warn_days": _defs(defs, "PASS_WARN_AGE"),
        "encrypt_method": defs["ENCRYPT_METHOD"][0] if "ENCRYPT_METHOD" in defs else None,
        "quality_module": quality.module if quality else "",
        "minlen": 0,
        "classes": 0,
        "enforce_for_root": False,
        "remember": _remember(lines, history),
        "nullok": [{"file": p.file, "module": p.module, "_line": p.line} for p in lines if _empty_allowed(p)],
        "_lines": dict.fromkeys(("minlen", "classes", "enforce_for_root", "remember", "nullok"), parts.one("pam").line),
    }
    facts["_lines"].update({k.removeprefix("PASS_").lower(): n for k, (_, n) in defs.items() if k != "PASS_MIN_LEN"})
    if quality is not None:
        facts.update(_quality(quality, conf if quality.module == "pam_pwquality" else {}))
        facts["_lines"].update(minlen=quality.line, classes=quality.line)
    return facts


def _empty_allowed(line: pam.Pam) -> bool:
    return line.module == "pam_unix" and line.type == "auth" and line.value("nullok") is not None


def _defs(defs: dict[str, tuple[str, int]], key: str) -> int | None:
    return number(defs[key][0], key) if key in defs and defs[key][0] else None


def _quality(line: pam.Pam, conf: dict[str, str]) -> dict[str, Any]:
    if line.module == "pam_passwdqc":
        return _passwdqc(line)

    def setting(name: str) -> int | None:
        argument = line.int_value(name)
        if argument is not None:
            return argument
        return number(conf[name], name) if conf.get(name) else None

    minlen = setting("minlen")
    # A positive credit lowers the length by as much, a negative one demands that many characters of the class.
    credit = {c: setting(c) or 0 for c in CREDITS}
    demanded = sum(v < 0 for v in credit.values())
    lowered = sum(v for v in credit.values() if v > 0)
    return {
        "minlen": max((8 if minlen is None else minlen) - lowered, 0),
        "classes": max(demanded, setting("minclass") or 0),
        "enforce_for_root": line.value("enforce_for_root") is not None or "enforce_for_root" in conf,
    }


def _passwdqc(line: pam.Pam) -> dict[str, Any]:
    """min=N0,N1,N2,N3,N4: lengths for 1, 2 classes, phrases, 3, 4 classes; `disabled` refuses (pam_passwdqc(8))."""
    words = (line.value("min") or "disabled,24,11,8,7").split(",")
    if len(words) != 5 or not all(re.fullmatch(r"disabled|[0-9]{1,4}", w) for w in words):
        raise Unparsed(f"min of pam_passwdqc is {','.join(words)[:40]!r}")
    lengths = [(int(w), classes) for w, classes in zip(words, (1, 2, 1, 3, 4), strict=True) if w != "disabled"]
    if not lengths:
        raise Unparsed("pam_passwdqc refuses every password")
    everyone = line.value("enforce") in (None, "everyone")
    return {"minlen": min(n for n, _ in lengths), "classes": min(c for _, c in lengths), "enforce_for_root": everyone}


def _remember(lines: list[pam.Pam], history: dict[str, str]) -> int:
    """How many old passwords are refused; 0 when none."""
    found = [0]
    for line in lines:
        if line.type == "password" and line.module in ("pam_pwhistory", "pam_unix"):
            value = line.int_value("remember")
            if value is None and line.module == "pam_pwhistory":
                value = number(history["remember"], "remember") if history.get("remember") else 10
            found.append(value or 0)
    return max(found)
