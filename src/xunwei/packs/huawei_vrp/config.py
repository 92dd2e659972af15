"""The running configuration as a tree of views, and the few facts of it that rules need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from xunwei.packs.huawei_vrp.vrp import Line, whole


class View(NamedTuple):
    """One top-level line of the configuration and the lines below it, stripped of their indentation."""

    head: Line
    lines: list[Line]


def views(found: list[Line]) -> list[View]:
    """The configuration cut into views: a line without indentation opens one, `#` closes it."""
    result: list[View] = []
    for line in found:
        if line.text.strip() == "#":
            continue
        if line.text[0] == " " and result:
            result[-1].lines.append(Line(line.number, line.text.strip()))
        else:
            result.append(View(Line(line.number, line.text.strip()), []))
    return result


def first(all_lines: list[Line], pattern: str) -> re.Match[str] | None:
    """The first line that `pattern` matches from its start to its end."""
    compiled = re.compile(pattern)
    return next((m for line in all_lines if (m := compiled.fullmatch(line.text))), None)


def switch(all_lines: list[Line], *names: str) -> bool | None:
    """True for `NAME enable`, False for `undo NAME enable` (with or without `enable`), None when neither is there."""
    for line in reversed(all_lines):
        for name in names:
            if re.fullmatch(rf"{name}(?: enable)?", line.text):
                return True
            if re.fullmatch(rf"undo {name}(?: enable)?", line.text):
                return False
    return None


def users(tree: list[View]) -> list[dict[str, Any]]:
    """Local users of `aaa` (VRP5, VRP8) and `manager-user` (USG). `storage`: irreversible, cipher, simple or null."""
    found: dict[str, dict[str, Any]] = {}
    for view in (v for v in tree if v.head.text == "aaa"):
        manager = ""
        for line in view.lines:
            words = line.text.split()
            if words[0] in ("local-user", "manager-user") and len(words) > 1:
                manager = words[1] if words[0] == "manager-user" else ""
                _user(found, words[1], words[2:], line.number)
            elif manager and words[0] in ("password", "level", "service-type"):
                # A USG prints `password cipher` for a salted hash as well: what is stored cannot be told.
                _user(found, manager, words if words[1:2] != ["cipher"] else [], line.number)
            else:
                manager = ""
    return list(found.values())


def _user(found: dict[str, dict[str, Any]], name: str, words: list[str], number: int) -> None:
    user = found.setdefault(name, {"name": name, "level": None, "storage": None, "services": [], "_line": number})
    if words[:1] == ["password"] and len(words) > 1:
        kinds = {"irreversible-cipher": "irreversible", "cipher": "cipher", "simple": "simple"}
        user["storage"] = kinds.get(words[1], user["storage"])
    elif words[:2] == ["privilege", "level"] and len(words) == 3:
        user["level"] = whole(words[2], "privilege level")
    elif words[:1] == ["level"] and len(words) == 2:
        user["level"] = whole(words[1], "privilege level")
    elif words[:1] == ["service-type"]:
        user["services"] = words[1:]


def lines_of_login(tree: list[View]) -> list[dict[str, Any]]:
    """`user-interface con|vty …`: null = not set, so the release's default holds (idle time-out 10 min, no ACL)."""
    found = []
    for view in tree:
        match = re.fullmatch(r"user-interface (con|console|vty|aux|tty) (\d+)(?: (\d+))?", view.head.text)
        if match is None:
            continue
        idle = first(view.lines, r"idle-timeout (\d+)(?: (\d+))?")
        authentication = first(view.lines, r"authentication-mode (\S+).*")
        protocol = first(view.lines, r"protocol inbound (\S+)")
        level = first(view.lines, r"user privilege level (\d+)")
        found.append(
            {
                "kind": match.group(1).removesuffix("sole"),
                "first": whole(match.group(2)),
                "last": whole(match.group(3) or match.group(2)),
                "acl": first(view.lines, r"acl (?:ipv6 )?\S+ inbound") is not None,
                "idle_seconds": None if idle is None else whole(idle.group(1)) * 60 + whole(idle.group(2) or "0"),
                "authentication": authentication.group(1) if authentication else None,
                "protocol": protocol.group(1) if protocol else None,
                "level": whole(level.group(1)) if level else None,
                "_line": view.head.number,
            }
        )
    return found


def policies(tree: list[View]) -> tuple[str | None, list[dict[str, Any]]]:
    """USG `security-policy`: (default action or None, rules in order). `any_*`: the rule does not narrow it."""
    default: str | None = None
    rules: list[dict[str, Any]] = []
    for view in (v for v in tree if v.head.text == "security-policy"):
        for line in view.lines:
            if match := re.fullmatch(r"default action (permit|deny)", line.text):
                default = match.group(1)
            elif match := re.fullmatch(r"rule name (\S.*)", line.text):
                rules.append(
                    {"name": match.group(1), "action": None, "enabled": True, "any_source": True,
                     "any_destination": True, "any_service": True, "logged": False, "_line": line.number}
                )  # fmt: skip
            elif rules:
                _policy(rules[-1], line.text)
    return default, rules


def _policy(rule: dict[str, Any], text: str) -> None:
    if match := re.fullmatch(r"action (permit|deny)", text):
        rule["action"] = match.group(1)
    elif text == "disable":
        rule["enabled"] = False
    elif re.match(r"(?:source-address|user|source-ip)\b", text) and not text.endswith(" any"):
        rule["any_source"] = False
    elif re.match(r"(?:destination-address|destination-ip|url)\b", text) and not text.endswith(" any"):
        rule["any_destination"] = False
    elif re.match(r"(?:service|application)\b", text) and not text.endswith(" any"):
        rule["any_service"] = False
    elif re.match(r"(?:policy|session) logging", text):
        rule["logged"] = True


def addresses(all_lines: list[Line], pattern: str) -> Iterator[str]:
    """Group 1 of every line that `pattern` matches from its start, each value once."""
    seen: set[str] = set()
    compiled = re.compile(pattern)
    for line in all_lines:
        match = compiled.match(line.text)
        if match and match.group(1) not in seen:
            seen.add(match.group(1))
            yield match.group(1)
