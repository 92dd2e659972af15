"""Security policy and address translation of a SecPath firewall, as its configuration says them.

    security-policy ip
     rule 3 name web
      action pass
      source-zone Untrust
      destination-ip-host 198.51.100.5
      service-port tcp destination eq 443
    interface GigabitEthernet1/0/1
     nat outbound 3000
     nat server protocol tcp global 203.0.113.5 443 inside 198.51.100.5 443

Forms of the Comware 7 security command reference; `rule` lines may also carry their words behind the name.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.config import Config

_RULE = re.compile(r"rule (?:(?P<id>\d{1,10}) )?name (?P<name>\S+)")


def policies(running: Config) -> list[dict[str, Any]]:
    """Rules of `security-policy ip` in order. `any_*`: the rule does not narrow it; zones are not counted."""
    rules: list[dict[str, Any]] = []
    for view in (v for v in running.views if v.head == "security-policy ip"):
        for number, words in view.commands:
            if match := _RULE.fullmatch(words):
                rules.append(
                    {
                        "id": int(match["id"]) if match["id"] else None,
                        "name": match["name"],
                        "action": None,
                        "enabled": True,
                        "any_source": True,
                        "any_destination": True,
                        "any_service": True,
                        "logged": False,
                        "counted": False,
                        "_line": number,
                    }
                )
            elif rules:
                _narrow(rules[-1], words)
    return rules


def _narrow(rule: dict[str, Any], words: str) -> None:
    if match := re.fullmatch(r"action (pass|drop)", words):
        rule["action"] = match.group(1)
    elif words == "disable":
        rule["enabled"] = False
    elif re.fullmatch(r"logging enable(?: .*)?", words):
        rule["logged"] = True
    elif re.fullmatch(r"counting enable(?: .*)?", words):
        rule["counted"] = True
    elif words.endswith(" any"):
        return
    elif re.match(r"(?:source-ip|source-mac|source-location|user|user-group|terminal)", words):
        rule["any_source"] = False
    elif re.match(r"(?:destination-ip|destination-location|url-category)", words):
        rule["any_destination"] = False
    elif re.match(r"(?:service|application|app-group)", words):
        rule["any_service"] = False


def nat(running: Config) -> list[dict[str, Any]]:
    """Translations by interface: `server` (from outside in), `outbound`, `static`."""
    found: list[dict[str, Any]] = []
    for view in (v for v in running.views if v.head.startswith("interface ")):
        for number, words in view.commands:
            match = re.match(r"nat (server|outbound|static)(?= |$)", words)
            if match is None:
                continue
            kind, whole, port, acl = match.group(1), False, None, None
            if kind == "server":
                whole = " protocol " not in words
                port = _port(words)
            elif kind == "outbound":
                said = re.match(r"nat outbound (?:name )?(\S+)", words)
                acl = said.group(1) if said and said.group(1) not in ("address-group", "vpn-instance") else None
            entry = {"interface": view.head.split(" ", 1)[1], "kind": kind, "whole_host": whole, "port": port}
            found.append({**entry, "acl": acl, "text": words[:200], "_line": number})
    return found


def _port(words: str) -> str | None:
    """The published port (a number or a name) of `nat server protocol …`, null when the whole protocol is."""
    said = re.search(
        r" global (?:current-interface|interface \S+|[\d.]+)(?: [\d.]+\.[\d.]+)?(?: (?!inside|vpn)(\S+))?", words
    )
    return said.group(1) if said and said.group(1) else None
