"""`display current-configuration`: the running configuration. Kept raw (redacted); facts only where rules need them.

    !Software Version V200R019C10SPC500
    #
    sysname sw-core-1
    #
    aaa
     local-user netops password irreversible-cipher $1a$…$
     local-user netops privilege level 3
    #
    user-interface vty 0 4
     acl 2001 inbound
     authentication-mode aaa
     idle-timeout 5 0
     protocol inbound ssh
    #
    return

The answer must end with `return`: a configuration that is cut short is Unparsed, since what is missing would look
as if it were not configured. Statement names from the command references of VRP5, VRP8 and USG.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp import config
from xunwei.packs.huawei_vrp.vrp import Line, body, whole
from xunwei.parse import Unparsed

_IP = r"(?:ipv6 )?([0-9a-fA-F.:]{3,45})\b"


def parse(text: str) -> dict[str, Any]:
    """Facts of `configuration`. A switch is null when the configuration says nothing: the release's default holds."""
    found = body(text)
    if found[-1].text.strip() != "return":
        raise Unparsed("the configuration does not end with `return`: it is cut short")
    notes = [line.text for line in found[:6] if line.text[0] in "!["]
    software = next((m.group() for note in notes if (m := re.search(r"\bV\d{3}R\d{3}\w*", note))), None)
    tree = config.views([line for line in found if line.text[0] not in "!["])
    top = [view.head for view in tree]
    every = [line for view in tree for line in (view.head, *view.lines)]
    name = config.first(top, r"sysname (\S+)")
    if name is None:
        raise Unparsed("sysname not found")
    default_policy, policies = config.policies(tree)
    return {
        "hostname": name.group(1),
        "software": software,
        "lines": len(found),
        "interfaces": sum(line.text.startswith("interface ") for line in top),
        "acls": sum(bool(re.match(r"acl (?:ipv6 )?(?:number|name|\d)", line.text)) for line in top),
        **_services(top),
        **_snmp(top),
        **_audit(top),
        "users": config.users(tree),
        "lockout_tries": _lockout(every),
        "password_policy": any(line.text.startswith("local-aaa-user password policy") for line in every),
        "password_policy_off": any(
            "password" in line.text and line.text.startswith("undo ") and "complexity" in line.text for line in every
        ),
        "login_lines": config.lines_of_login(tree),
        "default_policy": default_policy,
        "policies": policies,
    }


def _services(top: list[Line]) -> dict[str, Any]:
    return {
        "telnet": config.switch(top, "telnet server", "telnet ipv4 server"),
        "stelnet": config.switch(top, "stelnet server", "stelnet ipv4 server"),
        "ftp": config.switch(top, "(?i:ftp) server", "(?i:ftp) ipv4 server"),
        "http": config.switch(top, "http server"),
        "ssh_version1": config.switch(top, "ssh server compatible-ssh1x"),
    }


def _snmp(top: list[Line]) -> dict[str, Any]:
    """Versions as written (null = not written), number of communities, and how many bear a name everybody knows."""
    versions: set[str] = set()
    written = False
    for line in top:
        match = re.fullmatch(r"snmp-agent sys-info version((?: (?:v1|v2c|v3|all))+)", line.text)
        if match:
            written = True
            words = match.group(1).split()
            versions |= {"v1", "v2c", "v3"} if "all" in words else set(words)
    communities = [line for line in top if re.match(r"snmp-agent community (?:read|write) ", line.text)]
    known = [line for line in communities if re.search(r" (?:read|write) (?:cipher )?(?:public|private)\b", line.text)]
    return {
        "snmp": any(line.text == "snmp-agent" or line.text.startswith("snmp-agent ") for line in top),
        "snmp_versions": sorted(versions) if written else None,
        "snmp_communities": len(communities),
        "snmp_communities_known": len(known),
        "snmp_communities_write": sum(line.text.startswith("snmp-agent community write ") for line in communities),
        "snmp_communities_open": sum(" acl " not in line.text for line in communities),
    }


def _audit(top: list[Line]) -> dict[str, Any]:
    return {
        "info_center": config.switch(top, "info-center"),
        "loghosts": list(config.addresses(top, rf"info-center loghost (?:domain )?{_IP}")),
        "ntp_servers": list(config.addresses(top, rf"ntp(?:-service)? (?:unicast-server|unicast-peer|server) {_IP}")),
        "ntp_authentication": any(re.match(r"ntp(?:-service)? authentication enable", line.text) for line in top),
    }


def _lockout(every: list[Line]) -> int | None:
    match = config.first(every, r"local-aaa-user wrong-password retry-interval \d+ retry-time (\d+) block-time \d+")
    return whole(match.group(1)) if match else None
