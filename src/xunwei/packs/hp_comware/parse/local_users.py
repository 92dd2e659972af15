"""`display local-user`: local accounts (Comware 5 and 7 command references).

Total 1 local users matched.

Device management user netops:
  State:                     Active
  Service type:              SSH/Terminal
  User group:                system
  Bind attributes:
  Authorization attributes:
    Work directory:          flash:
    User role list:          network-admin
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TOTAL = re.compile(r"\s*Total (\d+) local[- ]users?(?:\(s\))? matched\.?\s*", re.IGNORECASE)
_USER = re.compile(
    r"\s*(?P<kind>Device management user|Network access (?:guest )?user"
    r"|The contents of local user)\s+(?P<name>\S.*?)\s*:\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\s*(?P<key>[A-Za-z][A-Za-z0-9 /()-]*?)\s*:\s*(?P<value>.*?)\s*")
_LOGIN = {"ssh", "telnet", "http", "https", "ftp", "terminal", "pad", "web"}


def parse(text: str) -> dict[str, Any]:
    """{"users": [{name, kind, active, services, roles, level, max_sessions}]}; raises Unparsed."""
    users: list[dict[str, Any]] = []
    total: int | None = None
    for line in shown_lines(text):
        if match := _TOTAL.fullmatch(line[1]):
            total = whole(match.group(1), "users")
        elif match := _USER.fullmatch(line[1]):
            kind = "access" if match["kind"].lower().startswith("network") else "management"
            fields = {"active": None, "services": None, "roles": None, "level": None, "group": None}
            users.append({"name": match["name"], "kind": kind, **fields, "_line": line[0]})
        elif users and (match := _FIELD.fullmatch(line[1])):
            _fill(users[-1], " ".join(match["key"].lower().split()), match["value"])
        elif users and re.match(r"\s+\S", line[1]) and users[-1]["roles"] and users[-1]["_list"]:
            users[-1]["roles"] += _words(line[1])
        else:
            raise unknown(line, "about a local user")
        if users:
            users[-1]["_list"] = bool(re.match(r"\s*User role list\s*:", line[1])) or (
                line[1].rstrip().endswith(",") and users[-1].get("_list", False)
            )
    if total is not None and total != len(users):
        raise Unparsed(f"{total} local users announced, {len(users)} read")
    if total is None and not users:
        raise Unparsed("no local user found")
    if any(u["active"] is None for u in users):
        raise Unparsed("a local user has no state")
    for user in users:
        user.pop("_list", None)
    return {"users": users}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _fill(user: dict[str, Any], key: str, value: str) -> None:
    if key == "state":
        if value.lower() not in ("active", "block", "blocked"):
            raise Unparsed(f"not a user state: {value[:30]!r}")
        user["active"] = value.lower() == "active"
    elif key in ("service type", "servicetype", "service-type"):
        user["services"] = sorted(w.lower() for w in re.split(r"[/,\s]+", value) if w and w.lower() != "none")
    elif key == "user role list":
        user["roles"] = _words(value)
    elif key in ("user privilege", "level", "user level") and value.isdigit():
        user["level"] = whole(value, "level")
    elif key in ("user group", "user-group"):
        user["group"] = value
