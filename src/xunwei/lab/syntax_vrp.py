"""Command tables of Huawei VRP switches and routers (see views for the notation)."""

from __future__ import annotations

ANY = """
$ display_this | display this
$ display_current | display current-configuration
$ display_current_interface | display current-configuration interface [<interface>]
$ display_current_section | display current-configuration configuration <section:word>
$ display_saved | display saved-configuration
$ display_startup | display startup
$ quit | quit
"""

USER = """
$ system_view | system-view
$ save | save [<file:word:1-64>]
$ reboot | reboot [fast]
$ compare | compare configuration [<file:word>]
$ reset_saved | reset saved-configuration
$ startup_saved | startup saved-configuration <file:word:1-64>
$ screen_length | screen-length <lines:int:0-512> temporary
$ screen_length_default | undo screen-length temporary
$ dir | dir [<file:word>]
$ delete | delete [/unreserved] <file:word>
$ rollback_file | rollback configuration to file <file:word>
$ accepted | terminal {monitor|debugging|logging|trapping}
$ accepted | undo terminal {monitor|debugging|logging|trapping}
$ reset_counters | reset counters interface [<interface>]
$ accepted | undo debugging all
"""

SYSTEM = """
$ return | return
= sysname <name:word:1-64>
& vlan batch <numbers>
> vlan | vlan <id:int:1-4094> @ vlan{id}
> interface | interface <name:interface> @ {name}
> aaa | aaa @ aaa
> vty | user-interface vty <first:int:0-20> [<last:int:1-20>] @ ui-vty{first}-{last}
> vty | user-interface {console|con} 0 => user-interface con 0 @ ui-console0
> acl_basic | acl [number] <id:int:2000-2999> => acl number {id} @ acl-basic-{id}
> acl_adv | acl [number] <id:int:3000-3999> => acl number {id} @ acl-adv-{id}
> ospf | ospf <id:int:1-65535> [router-id <router:ip>] @ ospf-{id}
> bgp | bgp <as:int:1-4294967295> @ bgp
> local_pool | ip pool <name:word:1-64> @ ip-pool-{name}
+ ip route-static <net:ip> <mask> {<next:ip>|<out:interface> [<next:ip>]} [preference <int:1-255>] [tag <int>] \
    [track {nqa|bfd-session} <rest>] [description <text>]
= ip route-static default-preference <int:1-255>
~ http server enable
~ http secure-server enable
! telnet server enable
! telnet ipv6 server enable
! ftp server enable
! sftp server enable
! scp server enable
! stelnet server enable
= ssh server port <int:1-65535>
= ssh server timeout <int:1-120>
= ssh server authentication-retries <int:1-5>
= ssh server rekey-interval <int:0-24>
= ssh server cipher <rest>
= ssh server hmac <rest>
= ssh server key-exchange <rest>
= ssh server acl <int:2000-3999>
= ssh server-source {-i <interface>|all-interface}
! ssh server compatible-ssh1x enable
+ ssh user <name:word:1-64>
#4 ssh user <name:word:1-64> authentication-type {password|rsa|dsa|ecc|password-rsa|all}
#4 ssh user <name:word:1-64> service-type {stelnet|sftp|snetconf|all|stelnet sftp}
= ntp-service {authentication enable|server disable|ipv6 server disable}
#3 ntp-service unicast-server <server:ip> [{version <int:1-4>|authentication-keyid \
    <int:1-4294967295>|source-interface <interface>|preference|vpn-instance <word>}*]
#3 ntp-service authentication-keyid <id:int:1-4294967295> authentication-mode {md5|hmac-sha256} [cipher] <key:cipher>
+ ntp-service reliable authentication-keyid <int:1-4294967295>
= ntp-service source-interface <interface>
#4 ntp-service unicast-server ipv6 <server:word:2-46> [{version <int:1-4>|authentication-keyid \
    <int:1-4294967295>|source-interface <interface>|preference|vpn-instance <word>}*]
#5 ip ip-prefix <name:word:1-169> index <id:int:1-4294967295> {permit|deny} <net:ip> <length:int:0-32> \
    [greater-equal <int:0-32>] [less-equal <int:0-32>]
#5 ip ipv6-prefix <name:word:1-169> index <id:int:1-4294967295> {permit|deny} <net:word:2-46> <length:int:0-128> \
    [greater-equal <int:0-128>] [less-equal <int:0-128>]
= set save-configuration interval <int:30-43200> [delay <int:1-60>]
= set save-configuration backup-to-server server <ip> transport-type {ftp|sftp|tftp} [user <word> password <word>] \
    [path <word>]
= configuration file auto-save interval <int:30-43200> [delay <int:1-60>]
= configuration file auto-save backup-to-server server <ip> transport-type {ftp|sftp|tftp} [user <word> password \
    <word>] [path <word>]
= ntp-service access {peer|query|server|synchronization|limited} <int:2000-2999>
= clock timezone <zone:word> {add|minus} <offset:word>
~ info-center enable
#3 info-center loghost <host:ip> [{channel <word>|facility <word>|language <word>|source-ip <ip>|port \
    <int:1-65535>|transport {udp|tcp}|vpn-instance <word>}*]
= info-center loghost source <interface>
= info-center timestamp {log|trap|debugging} <rest>
+ info-center source <module:word> channel <word> <rest>
= info-center logbuffer size <int:0-10240>
= info-center trapbuffer size <int:0-1024>
! snmp-agent
= snmp-agent local-engineid <word>
#5 snmp-agent community {read|write} cipher <name:cipher> [{mib-view <word>|acl <int:2000-3999>}*]
#4/5 snmp-agent community {read|write} <name:cipher> [{mib-view <word>|acl <int:2000-3999>}*] => snmp-agent \
    community {2} cipher {name}
= snmp-agent sys-info version <rest>
= snmp-agent sys-info location <text>
= snmp-agent sys-info contact <text>
#4 snmp-agent group v3 <name:word> [{authentication|privacy|noauthentication}] [{read-view <word>|write-view \
    <word>|notify-view <word>|acl <int:2000-3999>}*]
#4 snmp-agent usm-user v3 <name:word> [<rest>]
#5 snmp-agent target-host trap address udp-domain <host:ip> <rest>
#4 snmp-agent mib-view {included|excluded} <name:word> <tree:word>
= snmp-agent protocol source-interface <interface>
! snmp-agent trap enable
#5 snmp-agent trap enable feature-name <name:word> [trap-name <word>]
~ lldp enable
~ stp enable
= stp mode {stp|rstp|mstp|vbst}
= stp instance <int:0-4094> root {primary|secondary}
= stp root {primary|secondary}
! stp bpdu-protection
= stp priority <int:0-61440>
! dhcp enable
! dhcp snooping enable
= header login {information|file} <text>
= header shell {information|file} <text>
= dns server <ip>
! dns resolve
= arp anti-attack {rate-limit enable|gateway-duplicate enable|entry-check fixed-mac enable}
= cpu-defend-policy <name:word> [global]
+ traffic-filter {inbound|outbound} acl <int:2000-4999>
= observe-port <int:1-8> interface <interface>
= set password min-length <int:8-16>
= loopback-detect enable
= error-down auto-recovery cause <word> interval <int:30-86400>
= router id <ip>
= mac-address aging-time <int:0-1000000>
"""

INTERFACE = """
= description <text>
! shutdown
=? ip address <ip> <mask>
+ ip address <ip> <mask> sub
! ipv6 enable
+ ipv6 address <word:2-49> [link-local]
=? ip binding vpn-instance <word:1-31>
= port link-type {access|trunk|hybrid|dot1q-tunnel}
= port default vlan <int:1-4094>
= port trunk pvid vlan <int:1-4094>
& port trunk allow-pass vlan <numbers>
& port hybrid tagged vlan <numbers>
& port hybrid untagged vlan <numbers>
= port hybrid pvid vlan <int:1-4094>
= eth-trunk <int:0-127>
= mode {lacp|lacp-static|lacp-dynamic|manual load-balance}
= speed <int:10-100000>
= duplex {full|half}
~ negotiation auto
= mtu <int:128-9600>
~ stp enable
! stp edged-port enable
! stp root-protection
! stp loop-protection
~ lldp enable
! dhcp snooping enable
! dhcp snooping trusted
= dhcp select {global|interface|relay}
+ dhcp relay server-ip <ip>
! loopback-detect enable
! port-security enable
= port-security max-mac-num <int:1-4096>
= port-security protect-action {protect|restrict|shutdown}
= storm-control {broadcast|multicast|unicast} min-rate <int:1-10000000> max-rate <int:1-10000000>
= storm-control action {block|error-down|shutdown}
= broadcast-suppression <int:0-100>
= multicast-suppression <int:0-100>
= traffic-filter {inbound|outbound} acl <int:2000-4999>
#3 vrrp vrid <id:int:1-255> virtual-ip <ip>
= ospf cost <int:1-65535>
= ospf network-type {broadcast|nbma|p2mp|p2p}
= ospf authentication-mode <rest>
! arp anti-attack check user-bind enable
= trust {dscp|8021p|upstream} [<word>]
~ portswitch
= port-isolate enable group <int:1-64>
= alias <text>
"""

AAA = """
#4 local-user <name:word:1-253> password irreversible-cipher <password:secret>
#4 local-user <name:word:1-253> password cipher <password:cipher>
#4 local-user <name:word:1-253> privilege level <int:0-15>
#3 local-user <name:word:1-253> service-type <text>
#3 local-user <name:word:1-253> level <int:0-15>
#3 local-user <name:word:1-253> state {active|block}
#3 local-user <name:word:1-253> idle-timeout <int:0-35791> [<int:0-59>]
#3 local-user <name:word:1-253> access-limit <int:1-4294967295>
$ undo_user | undo local-user <name:word:1-253>
! local-aaa-user password policy administrator
= local-aaa-user wrong-password retry-interval <int:5-65535> retry-time <int:3-65535> block-time <int:5-65535>
! user-password complexity-check
> authen_scheme | authentication-scheme <name:word:1-32> @ aaa-authen-{name}
> author_scheme | authorization-scheme <name:word:1-32> @ aaa-author-{name}
> account_scheme | accounting-scheme <name:word:1-32> @ aaa-accounting-{name}
> domain | domain <name:word:1-64> @ aaa-domain-{name}
"""

AUTHEN_SCHEME = """
= authentication-mode <text>
"""
AUTHOR_SCHEME = """
= authorization-mode <text>
"""
ACCOUNT_SCHEME = """
= accounting-mode <text>
"""
DOMAIN = """
= authentication-scheme <word>
= authorization-scheme <word>
= accounting-scheme <word>
= hwtacacs-server <word>
= radius-server <word>
"""

VTY = """
= acl <id:int:2000-3999> {inbound|outbound}
= authentication-mode {aaa|password|none}
= protocol inbound {ssh|telnet|all}
= idle-timeout <int:0-35791> [<int:0-59>]
= user privilege level <int:0-15>
= history-command max-size <int:0-256>
= screen-length <int:0-512>
= set authentication password cipher <password:cipher>
"""

PORT = "{eq <word:1-15>|gt <word:1-15>|lt <word:1-15>|range <word:1-15> <word:1-15>}"
PLACE = "{any|<ip> {0|<wild:ip>}}"
ACL_BASIC = f"""
= description <text>
= step <int:1-20>
% rule [<id:int:0-4294967294>] {{permit|deny}} {{source {PLACE}|time-range <word>|logging|fragment|vpn-instance \
    <word>}}*
#3 rule <id:int:0-4294967294> description <text>
"""
ACL_ADV = f"""
= description <text>
= step <int:1-20>
% rule [<id:int:0-4294967294>] {{permit|deny}} {{ip|tcp|udp|icmp|gre|ospf|igmp|ipinip|<int:1-255>}} {{source \
    {PLACE}|destination {PLACE}|source-port {PORT}|destination-port {PORT}|icmp-type <word>|time-range \
    <word>|logging|fragment|tcp-flag <word>|dscp <word>|vpn-instance <word>}}*
#3 rule <id:int:0-4294967294> description <text>
"""
VLAN = """
= description <text>
= name <text>
! dhcp snooping enable
"""
OSPF = """
> ospf_area | area <id:word:1-15> @ ospf-area-{id}
+ silent-interface {all|<interface>}
+ import-route {direct|static|bgp|rip} [<rest>]
= default-route-advertise [<rest>]
= bandwidth-reference <int:1-2147483648>
"""
OSPF_AREA = """
+ network <ip> <ip>
= authentication-mode <rest>
= description <text>
! stub
"""
BGP = """
= router-id <ip>
#3 peer <ip> as-number <int>
#3 peer <ip> description <text>
#3 peer <ip> password <rest>
+ network <ip> <mask>
"""
POOL = """
= gateway-list <ip>
= network <ip> mask <mask>
= dns-list <ip>
= lease <rest>
+ excluded-ip-address <ip> [<ip>]
"""

VRP8_SYSTEM = """
#4 ntp unicast-server ipv6 <server:word:2-46> [{version <int:1-4>|authentication-keyid <int:1-4294967295>|\
    source-interface <interface>|preferred|vpn-instance <word>}*]
#3 ntp unicast-server <server:ip> [{version <int:1-4>|authentication-keyid <int:1-4294967295>|\
    source-interface <interface>|preferred|vpn-instance <word>}*]
! ntp authentication enable
~ ntp server
#3 ntp authentication-keyid <id:int:1-4294967295> authentication-mode {md5|hmac-sha256} cipher <key:cipher>
+ ntp trusted authentication-keyid <int:1-4294967295>
~ ip tcp timestamps
"""
TWO_STAGE = """
$ commit | commit [comment <comment:text>]
$ commit_trial | commit trial [<seconds:int:60-65535>]
$ abort_trial | abort trial
$ clear_candidate | clear configuration candidate
$ display_candidate | display configuration candidate
"""
ROLLBACK = """
$ rollback_last | rollback configuration last <count:int:1-80>
"""
