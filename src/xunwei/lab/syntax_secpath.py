"""Command tables that SecPath firewalls have on top of Comware 7 switches (see views for the notation)."""

from __future__ import annotations

SECPATH_SYSTEM = """
> rbm | remote-backup group @ remote-backup-group
> object_address | object-group ip address <name:word:1-63> @ obj-grp-ip-{name}
> object_service | object-group service <name:word:1-63> @ obj-grp-service-{name}
> address_group | nat address-group <id:int:0-65535> [name <name:word:1-63>] @ address-group-{id}
= security-zone intra-zone default {permit|deny}
! session statistics enable
= session aging-time state {tcp-est|tcp-syn|udp-open|udp-ready|icmp-request} <int:5-100000>
! session synchronization enable
! ips signature auto-update
! anti-virus signature auto-update
$ accepted | ips signature auto-update-now
$ accepted | anti-virus signature auto-update-now
"""
SECPATH_INTERFACE = """
+ nat outbound [<acl:int:2000-3999>] [address-group <group:int:0-65535>]
+ nat server protocol {tcp|udp} global <outside:ip> <port:word:1-15> inside <inside:ip> <to:word:1-15>
+ nat server global <outside:ip> inside <inside:ip>
! nat static enable
+ manage {http|https|ping|ssh|snmp|telnet} {inbound|outbound}
"""
RBM = """
= data-channel interface <interface>
= local-ip <ip>
= remote-ip <ip> [port <int:1024-65535>]
= device-role {primary|secondary}
= keepalive interval <int:1-60>
= keepalive count <int:1-255>
= delay-time <int:1-1440>
= backup-mode dual-active
~ hot-backup enable
~ configuration auto-sync enable
~ configuration sync-check
= configuration sync-check interval <int:1-168>
+ track interface <interface>
+ track vrrp
"""
OBJECT_ADDRESS = """
= description <text>
#2 <id:int:0-4294967294> network {host address <ip>|subnet <ip> <mask>|range <ip> <ip>|group-object <word:1-63>}
"""
OBJECT_SERVICE = """
= description <text>
#2 <id:int:0-4294967294> service {tcp|udp|icmp|<int:0-255>} [{source|destination} {eq <word:1-15>|range <word:1-15> \
    <word:1-15>|gt <word:1-15>|lt <word:1-15>}]
"""
ADDRESS_GROUP = """
+ address <ip> <ip>
"""
# A rule is known by its number and by its name; what it is called when only one was typed is the device's affair.
POLICY_IP = """
$ policy_rule | rule [<id:int:0-65535>] name <name:word:1-127>
$ undo_policy_rule | undo rule {<id:int:0-65535>|name <name:word:1-127>}
$ policy_move | move rule <id:int:0-65535> {before|after} <other:int:0-65535>
$ policy_move | move rule name <name:word:1-127> {before|after} name <beside:word:1-127>
$ policy_move | move rule name <name:word:1-127> {top|bottom|up|down}
= default rule action drop
"""
POLICY_RULE = """
= action {pass|drop}
= description <text>
+ source-zone {any|<word:1-31>}
+ destination-zone {any|<word:1-31>}
+ source-ip <word:1-63>
+ destination-ip <word:1-63>
+ source-ip-host <ip>
+ source-ip-subnet <ip> <mask>
+ source-ip-range <ip> <ip>
+ destination-ip-host <ip>
+ destination-ip-subnet <ip> <mask>
+ destination-ip-range <ip> <ip>
+ service {any|<word:1-63>}
+ service-port {tcp|udp} {source <rest>|destination <rest>}
+ application <word:1-63>
+ user <word:1-55>
= profile <word:1-63>
= time-range <word:1-32>
= session aging-time <int:1-2000000>
! logging enable
! counting enable
! disable
"""
