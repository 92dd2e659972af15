"""Configuration lines of the simulated Cisco IOS-XE switch. Other lines are refused, as the device refuses unknown ones."""

from __future__ import annotations

from functools import lru_cache

from xunwei.lab.ciscolike import Dialect, view
from xunwei.lab.texts_ios import TEXTS

GLOBAL = """
= hostname <name:word:1-63>
+ service {password-encryption|timestamps {debug|log} datetime [<rest>]}
= version <word>
= enable secret [<int:0-9>] <word>
= logging buffered [<rest>]
+ logging host <host:ip>
+ logging <host:ip>
= clock timezone <text>
+ ntp server <host:ip> [prefer]
+ username <name:word:1-64> [privilege <int:0-15>] {secret|password} [<int:0-9>] <word>
+ aaa new-model
+ aaa {authentication|authorization|accounting} <text>
= login block-for <text>
+ ip http server
+ ip http secure-server
+ ip source-route
+ ip domain lookup
= ip domain name <word>
= ip ssh version <int:1-2>
= ip ssh authentication-retries <int:0-5>
= ip ssh time-out <int:1-120>
+ ip route <ip> <mask> {<ip>|Null0|<interface>} [<int:1-255>]
>std-nacl ip access-list standard <word>
>ext-nacl ip access-list extended <word>
+ snmp-server community <word> [view <word>] {ro|rw} [<word>]
+ snmp-server community <word>
+ snmp-server group <word> v3 {auth|noauth|priv} [<rest>]
+ snmp-server {location|contact} <text>
+ snmp-server host <ip> <text>
= spanning-tree mode {pvst|rapid-pvst|mst}
+ spanning-tree portfast bpduguard default
+ spanning-tree vlan <text>
+ lldp run
+ cdp run
>vlan vlan <int:1-4094>
>if interface <interface>
>line line {con|vty} <int:0-98> [<int:1-98>]
>router router ospf <int:1-65535>
>router router bgp <int>
"""
INTERFACE = """
= description <text>
+ shutdown
= ip address <ip> <mask>
= switchport mode {access|trunk}
= switchport access vlan <int:1-4094>
= switchport trunk allowed vlan <text>
= switchport trunk native vlan <int:1-4094>
+ switchport nonegotiate
= channel-group <int:1-128> mode {active|passive|on|auto|desirable}
+ spanning-tree portfast [{edge|trunk}]
+ spanning-tree bpduguard {enable|disable}
= speed {10|100|1000|auto}
= duplex {full|half|auto}
+ standby <int:0-4095> {ip <ip>|priority <int:0-255>|preempt}
= ip ospf cost <int:1-65535>
= mtu <int:68-9216>
"""
LINE = """
= access-class <word> in
= exec-timeout <int:0-35791> [<int:0-2147483>]
= transport input {all|none|ssh|telnet|telnet ssh|ssh telnet}
= login [{local|authentication <word>}]
= logging synchronous
= privilege level <int:0-15>
= length <int:0-512>
"""
ROUTER = """
= router-id <ip>
+ network <ip> <ip> area <word>
+ neighbor <ip> remote-as <int>
+ neighbor <ip> {shutdown|activate|description <text>}
+ passive-interface {default|<interface>}
"""
ACL = """
+ [<int>] {permit|deny} <text>
"""
VLAN = """
= name <word>
"""
KINDS = (
    "GigabitEthernet",
    "TenGigabitEthernet",
    "TwentyFiveGigE",
    "FortyGigabitEthernet",
    "Port-channel",
    "Vlan",
    "Loopback",
)


@lru_cache(maxsize=1)
def ios() -> Dialect:
    """Catalyst switches with IOS-XE 17."""
    tables = {"global": GLOBAL, "if": INTERFACE, "line": LINE, "router": ROUTER, "vlan": VLAN}
    tables |= {"std-nacl": ACL, "ext-nacl": ACL}
    return Dialect(
        name="ios",
        lines={name: view(text) for name, text in tables.items()},
        texts=TEXTS,
        kinds=KINDS,
        created=("Port-channel", "Vlan", "Loopback"),
        more=" --More-- ",
        erase="\b" * 10 + " " * 10 + "\b" * 10,
        header=("Building configuration...", "", "Current configuration : {size} bytes"),
        saved_header=("Using {size} out of 2097152 bytes",),
    )
