"""Command tables that USG firewalls have on top of VRP (see views for the notation)."""

from __future__ import annotations

USG_SYSTEM = """
> zone | firewall zone {trust|untrust|dmz|local} @ zone-{2}
> zone | firewall zone name <name:word:1-32> [id <int:4-99>] @ zone-{name}
> policy_security | security-policy @ policy-security
> policy_nat | nat-policy @ policy-nat
> object_set | ip address-set <name:word:1-63> [type {object|group}] @ object-address-set-{name}
> service_set | ip service-set <name:word:1-63> [type {object|group}] @ object-service-set-{name}
#3 nat server <name:word> <rest>
! hrp enable
= hrp interface <interface> [remote <ip>]
= hrp mirror {session enable|config enable}
= hrp standby-device
~ hrp auto-sync config
~ hrp auto-sync connection-status
= web-manager {enable|security enable} [port <int:1-65535>]
= web-manager timeout <int:1-1440>
! firewall defend syn-flood enable
! firewall defend land enable
! firewall defend smurf enable
! firewall defend ping-of-death enable
! firewall defend ip-fragment enable
! firewall defend port-scan enable
! firewall defend ip-sweep enable
= firewall packet-filter basic-protocol enable
"""
USG_AAA = """
> manager_user | manager-user <name:word:1-64> @ aaa-manager-user-{name}
+ bind manager-user <user:word:1-64> role <role:word:1-64>
"""
MANAGER_USER = """
= password {cipher|irreversible-cipher} <password:cipher>
= service-type <text>
= level <int:0-15>
= authentication-scheme <word>
= access-limit <int:1-255>
"""
USG_INTERFACE = """
+ service-manage {http|https|ping|ssh|snmp|telnet|netconf|all} {permit|deny}
~ service-manage enable
= gateway <ip>
= link-group <int:1-255>
"""
ZONE = """
= set priority <int:1-100>
+ add interface <name:interface>
= description <text>
"""
POLICY = """
> policy_rule | rule name <name:word:1-63> @ {view}-rule-{name}
$ rule_move | rule move <name:word:1-63> {before|after} <other:word:1-63>
$ rule_move | rule move <name:word:1-63> {up|down|top|bottom}
$ rule_rename | rule rename <name:word:1-63> <other:word:1-63>
= default action {permit|deny}
= default policy logging
"""
PLACES = "{any|<ip> mask <mask>|<ip> <mask>|range <ip> <ip>|address-set <word:1-63>|geo-location \
    <word>|domain-set <word>}"
POLICY_RULE = f"""
= description <text>
+ source-zone <word:1-32>
+ destination-zone <word:1-32>
+ source-address {PLACES}
+ destination-address {PLACES}
+ service {{any|protocol {{tcp|udp}} [source-port <rest>] [destination-port <rest>]|<word:1-63>}}
+ application {{any|app|category}} [<rest>]
+ user <rest>
= time-range <word:1-32>
= profile {{av|ips|url-filter|data-filter|file-block|app-control|mail-filter}} <word:1-32>
~ traffic logging enable
! policy logging
! session logging
= action {{permit|deny}}
= action source-nat {{easy-ip|address-group <word:1-63>}}
= action no-nat
= session aging-time <int:1-65535>
! disable
$ rule_enable | enable
"""
OBJECT_SET = """
= description <text>
#2 address <id:int:0-65535> {<ip> mask <mask>|<ip> <mask>|range <ip> <ip>|address-set <word:1-63>}
#2 address <ip> mask <mask>
#2 address range <ip> <ip>
"""
SERVICE_SET = """
= description <text>
#2 service <id:int:0-65535> protocol {tcp|udp|icmp|<int:0-255>} [source-port <word>] [to <word>] \
    [destination-port <text>]
#2 service <id:int:0-65535> service-set <word:1-63>
"""
