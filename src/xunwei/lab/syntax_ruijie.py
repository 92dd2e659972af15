"""Configuration lines of the simulated Ruijie RGOS switch. Other lines are refused, as the device refuses unknown ones."""

from __future__ import annotations

from functools import lru_cache

from xunwei.lab.ciscolike import Dialect, view
from xunwei.lab.texts_ruijie import TEXTS

GLOBAL = """
= hostname <name:word:1-63>
= version <text>
+ service password-encryption
= enable secret [<int:0-9>] <word>
+ enable service {ssh-server|telnet-server|web-server [{http|https|all}]|snmp-agent}
= logging buffered [<rest>]
+ logging server <host:ip>
= clock timezone <text>
+ ntp server <host:ip> [prefer]
+ username <name:word:1-64> [privilege <int:0-15>] {secret|password} [<int:0-9>] <word>
+ aaa new-model
+ aaa {authentication|authorization|accounting} <text>
= ip ssh version <int:1-2>
= ip ssh authentication-retries <int:0-5>
= ip ssh time-out <int:1-120>
+ ip route <ip> <mask> {<ip>|Null0|<interface>} [<int:1-255>]
>std-nacl ip access-list standard <word>
>ext-nacl ip access-list extended <word>
+ snmp-server community <word> [view <word>] {ro|rw} [<word>]
+ snmp-server group <word> v3 {auth|noauth|priv} [<rest>]
+ snmp-server {location|contact} <text>
+ snmp-server host <ip> <text>
= spanning-tree mode {stp|rstp|mstp}
+ spanning-tree portfast bpduguard default
+ spanning-tree
+ lldp enable
>vlan vlan <int:1-4094>
>if interface <interface>
>line line {console|vty} <int:0-35> [<int:1-35>]
>router router ospf <int:1-65535>
>router router bgp <int>
"""
INTERFACE = """
= description <text>
+ shutdown
= ip address <ip> <mask>
= switchport mode {access|trunk|uplink|hybrid}
= switchport access vlan <int:1-4094>
= switchport trunk allowed vlan <text>
= port-group <int:1-256> [mode {active|passive}]
+ spanning-tree portfast
+ vrrp <int:1-255> {ip <ip>|priority <int:1-254>}
= ip ospf cost <int:1-65535>
= mtu <int:64-9216>
"""
LINE = """
= access-class <word> in
= exec-timeout <int:0-35791> [<int:0-2147483>]
= transport input {all|none|ssh|telnet}
= login [{local|authentication <word>}]
= privilege level <int:0-15>
"""
ROUTER = """
= router-id <ip>
+ network <ip> <ip> area <word>
+ neighbor <ip> remote-as <int>
+ neighbor <ip> {shutdown|activate|description <text>}
"""
ACL = """
+ [<int>] {permit|deny} <text>
"""
VLAN = """
= name <word>
"""
KINDS = ("GigabitEthernet", "TenGigabitEthernet", "FortyGigabitEthernet", "AggregatePort", "VLAN", "Mgmt", "Loopback")


@lru_cache(maxsize=1)
def rgos() -> Dialect:
    """S-series switches with RGOS 11."""
    tables = {"global": GLOBAL, "if": INTERFACE, "line": LINE, "router": ROUTER, "vlan": VLAN}
    tables |= {"std-nacl": ACL, "ext-nacl": ACL}
    return Dialect(
        name="rgos",
        lines={name: view(text) for name, text in tables.items()},
        texts=TEXTS,
        kinds=KINDS,
        created=("AggregatePort", "VLAN", "Loopback"),
        more=" --More-- ",
        erase="\b" * 10 + " " * 10 + "\b" * 10,
        blank=" ",
        header=("", "Building configuration...", "Current configuration: {size} bytes"),
        saved_header=("",),
    )
