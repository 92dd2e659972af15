"""H3C Comware 7 switches, and SecPath firewalls on top of them. What is said of wording and coverage in syntax_huawei holds here too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xunwei.lab import syntax_secpath as sec
from xunwei.lab.family import Family
from xunwei.lab.texts_comware import ERRORS, TEXTS
from xunwei.lab.views import table

ANY = """
$ display_this | display this
$ display_current | display current-configuration
$ display_current_diff | display current-configuration diff
$ display_current_interface | display current-configuration interface [<interface>]
$ display_current_section | display current-configuration configuration <section:word>
$ display_saved | display saved-configuration
$ display_startup | display startup
$ save_comware | save
$ save_force | save force
$ save_safely | save safely [force]
$ save_file | save <file:word:1-64> [force]
$ quit | quit
"""
USER = """
$ system_view | system-view
$ reboot | reboot [force]
$ reset_saved | reset saved-configuration [{main|backup}]
$ startup_saved | startup saved-configuration <file:word:1-64> [{main|backup}]
$ screen_length_off | screen-length disable
$ screen_length_default | undo screen-length disable
$ dir | dir [<file:word>]
$ delete | delete [/unreserved] <file:word>
$ accepted | terminal {monitor|debugging|logging}
$ accepted | undo terminal {monitor|debugging|logging}
$ reset_counters | reset counters interface [<interface>]
"""
SYSTEM = """
$ return | return
$ rollback_file | configuration replace file <file:word>
= sysname <name:word:1-64>
> vlan | vlan <id:int:1-4094> @ vlan{id}
> interface | interface <name:interface> @ {name}
> acl_basic | acl {basic|number} <id:int:2000-2999> => acl basic {id} @ acl-ipv4-basic-{id}
> acl_adv | acl {advanced|number} <id:int:3000-3999> => acl advanced {id} @ acl-ipv4-adv-{id}
> acl_basic | acl basic name <name:word:1-63> @ acl-ipv4-basic-{name}
> acl_adv | acl advanced name <name:word:1-63> @ acl-ipv4-adv-{name}
> acl_adv6 | acl ipv6 {advanced|basic} name <name:word:1-63> @ acl-ipv6-{2}-{name}
> acl_adv6 | acl ipv6 {number|advanced|basic} <id:int:2000-3999> @ acl-ipv6-adv-{id}
= acl logging interval <int:0-1440>
#5 ip prefix-list <name:word:1-63> index <id:int:1-65535> {permit|deny} <net:ip> <length:int:0-32> \
    [greater-equal <int:0-32>] [less-equal <int:0-32>]
#5 ipv6 prefix-list <name:word:1-63> index <id:int:1-65535> {permit|deny} <net:word:2-46> <length:int:0-128> \
    [greater-equal <int:0-128>] [less-equal <int:0-128>]
> line | {line|user-interface} vty <first:int:0-63> [<last:int:1-63>] => line vty {first} {last} @ \
    line-vty{first}-{last}
> line | line class {aux|vty|console|usb} @ line-class-{2}
> line | line aux <first:int:0-9> [<last:int:1-9>] @ line-aux{first}
> luser | local-user <name:word:1-55> [class manage] => local-user {name} class manage @ luser-manage-{name}
> luser | local-user <name:word:1-55> class network @ luser-network-{name}
> isp | domain [name] <name:word:1-255> => domain {name} @ isp-{name}
> role | role name <name:word:1-63> @ role-{name}
> ospf | ospf <id:int:1-65535> [router-id <router:ip>] @ ospf-{id}
> policy_ip | security-policy ip @ security-policy-ip
> zone | security-zone name <name:word:1-31> @ security-zone-{name}
+ ip route-static <net:ip> <length> {<next:ip>|<out:interface> [<next:ip>]} [preference <int:1-255>] [tag <int>] \
    [description <text>]
! ssh server enable
! sftp server enable
! scp server enable
! netconf ssh server enable
= ssh server port <int:1-65535>
= ssh server authentication-retries <int:1-5>
= ssh server authentication-timeout <int:1-120>
= ssh server acl <int:2000-3999>
= ssh2 algorithm {cipher|mac|key-exchange|public-key} <rest>
#3 ssh user <name:word:1-80> service-type {stelnet|sftp|scp|all|netconf} authentication-type \
    {password|any|password-publickey|publickey} [<rest>]
! telnet server enable
= telnet server acl <int:2000-3999>
! ftp server enable
! ip http enable
! ip https enable
= ip http acl <int:2000-3999>
= ip https acl <int:2000-3999>
! ntp-service enable
! ntp-service authentication enable
#3 ntp-service unicast-server <server:ip> [{version <int:1-4>|authentication-keyid \
    <int:1-4294967295>|priority|source <interface>|vpn-instance <word>}*]
#3 ntp-service authentication-keyid <id:int:1-4294967295> authentication-mode {md5|hmac-sha-256} \
    {simple|cipher} <key:hashed>
+ ntp-service reliable authentication-keyid <int:1-4294967295>
= clock timezone <zone:word> {add|minus} <offset:word>
= clock protocol {none|ntp|ntp mdc 1}
~ info-center enable
#3 info-center loghost <host:ip> [{port <int:1-65535>|facility <word>|vpn-instance <word>}*]
= info-center loghost source <interface>
= info-center logbuffer size <int:0-1024>
+ info-center source <module:word> {console|loghost|logbuffer|monitor|logfile} {deny|level <word>}
! snmp-agent
= snmp-agent local-engineid <word>
#5 snmp-agent community {read|write} {simple|cipher} <name:hashed> [{mib-view <word>|acl <int:2000-3999>}*] => \
    snmp-agent community {2} cipher {name}
#4/5 snmp-agent community {read|write} <name:hashed> [acl <int:2000-3999>] => snmp-agent community {2} cipher {name}
= snmp-agent sys-info version <rest>
= snmp-agent sys-info location <text>
= snmp-agent sys-info contact <text>
#4 snmp-agent group v3 <name:word> [{authentication|privacy}] [{read-view <word>|write-view <word>|notify-view \
    <word>|acl <int:2000-3999>}*]
#4 snmp-agent usm-user v3 <name:word> <group:word> [<rest>]
#6 snmp-agent target-host trap address udp-domain <host:ip> <rest>
= snmp-agent trap enable [<rest>]
! lldp global enable
! stp global enable
= stp mode {stp|rstp|mstp|pvst}
= stp priority <int:0-61440>
= stp instance <int:0-4094> {root {primary|secondary}|priority <int:0-61440>}
! stp bpdu-protection
! dhcp enable
! dhcp snooping enable
! password-control enable
= password-control length <int:4-32>
= password-control aging <int:1-365>
= password-control history <int:2-15>
= password-control login-attempt <int:2-10> [exceed {lock|unlock|lock-time <int:1-360>}]
= password-control composition type-number <int:1-4> type-length <int:1-63>
= password-control complexity {same-character|user-name} check
~ password-control aging enable
= header {login|shell|motd|legal} <text>
= dns server <ip>
#4 irf member <int:1-10> priority <int:1-32>
= irf domain <int>
= irf mac-address persistent {timer|always}
~ irf link-delay
= loopback-detection global enable vlan <rest>
= mac-address timer {aging <int:10-1000000>|no-aging}
= packet-filter default deny
= router id <ip>
"""
INTERFACE = """
= description <text>
! shutdown
=? ip address <ip> <mask>
+ ip address <ip> <mask> sub
= ip address dhcp-alloc
= port link-mode {bridge|route}
= port link-type {access|trunk|hybrid}
= port access vlan <int:1-4094>
= port trunk pvid vlan <int:1-4094>
& port trunk permit vlan <numbers>
= port trunk permit vlan all
= port hybrid pvid vlan <int:1-4094>
= port link-aggregation group <int:1-1024>
= link-aggregation mode dynamic
= speed {auto|<int:10-100000>}
= duplex {auto|full|half}
= mtu <int:128-9600>
~ stp enable
! stp edged-port
! stp root-protection
! stp loop-protection
~ lldp enable
! dhcp snooping trust
! loopback-detection enable vlan all
= port-security max-mac-count <int:1-2147483647>
= port-security port-mode <word>
= port-security intrusion-mode {blockmac|disableport|disableport-temporarily}
= broadcast-suppression {<int:0-100>|pps <int>|kbps <int>}
= multicast-suppression {<int:0-100>|pps <int>|kbps <int>}
+ packet-filter <id:int:2000-4999> {inbound|outbound}
#3 vrrp vrid <id:int:1-255> virtual-ip <ip>
= ospf cost <int:0-65535>
= ospf network-type {broadcast|nbma|p2mp|p2p}
= jumboframe enable [<int:1536-10000>]
= combo enable {copper|fiber|auto}
"""
LUSER = """
= password {simple|hash|cipher} <password:hashed> => password hash {password}
+ service-type {ssh|telnet|terminal|http|https|ftp|pad|lan-access|portal|ssh terminal|ssh telnet|ssh https|ssh \
    terminal https}
+ authorization-attribute user-role <role:word:1-63>
= authorization-attribute {level <int:0-15>|work-directory <word>|idle-cut <int:1-120>}
= state {active|block}
= access-limit <int:1-1024>
= group <word>
= password-control aging <int:1-365>
= password-control length <int:4-32>
"""
LINE = """
= authentication-mode {none|password|scheme}
= protocol inbound {all|ssh|telnet|pad}
= idle-timeout <int:0-35791> [<int:0-59>]
= user-role <word:1-63>
= screen-length <int:0-512>
= history-command max-size <int:0-256>
= acl [{advanced|mac}] <id:int:2000-3999> inbound => acl {id} inbound
= set authentication password {simple|hash} <password:hashed> => set authentication password hash {password}
"""
PORT = "{eq <word:1-15>|gt <word:1-15>|lt <word:1-15>|neq <word:1-15>|range <word:1-15> <word:1-15>}"
PLACE = "{any|<ip> {0|<wild:ip>}}"
ACL_BASIC = f"""
= description <text>
= step <int:1-20>
% rule [<id:int:0-65534>] {{permit|deny}} {{source {PLACE}|time-range <word>|logging|counting|fragment}}*
#3 rule <id:int:0-65534> comment <text>
"""
ACL_ADV = f"""
= description <text>
= step <int:1-20>
% rule [<id:int:0-65534>] {{permit|deny}} {{ip|tcp|udp|icmp|gre|ospf|igmp|ipinip|<int:0-255>}} {{source \
    {PLACE}|destination {PLACE}|source-port {PORT}|destination-port {PORT}|icmp-type <word>|time-range \
    <word>|logging|counting|fragment|established|dscp <word>}}*
#3 rule <id:int:0-65534> comment <text>
"""
PLACE6 = "{any|<word:2-49>}"
ACL_ADV6 = f"""
= description <text>
= step <int:1-20>
% rule [<id:int:0-65534>] {{permit|deny}} {{ipv6|tcp|udp|icmpv6|ospf|<int:0-255>}} {{source {PLACE6}|destination \
    {PLACE6}|source-port {PORT}|destination-port {PORT}|time-range <word>|logging|counting|fragment|established}}*
#3 rule <id:int:0-65534> comment <text>
"""
VLAN = """
= description <text>
= name <text>
+ port <name:interface>
"""
ISP = """
= authentication {default|login|lan-access} <rest>
= authorization {default|login|lan-access} <rest>
= accounting {default|login|lan-access} <rest>
= state {active|block}
"""
ROLE = """
= description <text>
#2 rule <id:int:1-256> {permit|deny} <rest>
"""
OSPF = """
> ospf_area | area <id:word:1-15> @ ospf-area-{id}
+ silent-interface {all|<interface>}
+ import-route {direct|static|bgp|rip} [<rest>]
= default-route-advertise [<rest>]
"""
OSPF_AREA = """
+ network <ip> <ip>
= description <text>
! stub
"""
ZONE = """
+ import interface <interface>
"""

KINDS = (
    "GigabitEthernet",
    "Ten-GigabitEthernet",
    "Bridge-Aggregation",
    "Vlan-interface",
    "LoopBack",
    "M-GigabitEthernet",
    "NULL",
    "FortyGigE",
    "HundredGigE",
    "Twenty-FiveGigE",
    "Route-Aggregation",
    "Tunnel",
)
LOGICAL = ("Bridge-Aggregation", "Vlan-interface", "LoopBack", "NULL", "Route-Aggregation", "Tunnel")
SHORT = {
    "GE": "GigabitEthernet",
    "XGE": "Ten-GigabitEthernet",
    "BAGG": "Bridge-Aggregation",
    "Vlan-int": "Vlan-interface",
    "Vlan": "Vlan-interface",
    "MGE": "M-GigabitEthernet",
    "FGE": "FortyGigE",
    "HGE": "HundredGigE",
    "WGE": "Twenty-FiveGigE",
    "RAGG": "Route-Aggregation",
    "Loop": "LoopBack",
    "Tun": "Tunnel",
}


@lru_cache(maxsize=1)
def comware7() -> Family:
    """S-series switches with Comware 7."""
    return _family(SYSTEM, {})


@lru_cache(maxsize=1)
def secpath() -> Family:
    """SecPath firewalls with Comware 7: zones, `security-policy ip`, address translation, remote backup."""
    extra = {
        "interface": INTERFACE + sec.SECPATH_INTERFACE,
        "rbm": sec.RBM,
        "object_address": sec.OBJECT_ADDRESS,
        "object_service": sec.OBJECT_SERVICE,
        "address_group": sec.ADDRESS_GROUP,
    }
    return _family(SYSTEM + sec.SECPATH_SYSTEM, extra)


def _family(system: str, extra: Mapping[str, str]) -> Family:
    """Both speak Comware 7, and the engine calls them so."""
    inside = ANY + "$ return | return\n"
    tables = {
        "interface": INTERFACE,
        "luser": LUSER,
        "line": LINE,
        "acl_basic": ACL_BASIC,
        "acl_adv": ACL_ADV,
        "acl_adv6": ACL_ADV6,
        "vlan": VLAN,
        "isp": ISP,
        "role": ROLE,
        "ospf": OSPF,
        "ospf_area": OSPF_AREA,
        "policy_ip": sec.POLICY_IP,
        "policy_rule": sec.POLICY_RULE,
        "zone": ZONE,
        "taught": "",
        **extra,
    }
    views = {name: table(name, text, inside) for name, text in tables.items()}
    views |= {"user": table("user", USER, ANY), "system": table("system", system, ANY)}
    return Family(
        name="comware7",
        views=views,
        errors=ERRORS,
        texts=TEXTS,
        kinds=KINDS,
        logical=LOGICAL,
        short=SHORT,
        more="---- More ----",
        erase="\x1b[16D" + " " * 16 + "\x1b[16D",
        root_indent=1,
        default_name="H3C",
        startup_file="flash:/startup.cfg",
        suffixes=(".cfg",),
    )
