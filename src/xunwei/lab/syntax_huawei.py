"""Huawei families: VRP5 switches, VRP8 switches (two-stage configuration), USG firewalls.

The commands are the part of the vendor's command references that inspection, hardening and change plans use; a line
outside of it is
refused, as is a real line that this table lacks. Wording of errors and questions: seen in public device transcripts
where
possible, else from the manuals; it differs between versions of the same family.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from xunwei.lab import syntax_usg as u
from xunwei.lab import syntax_vrp as v
from xunwei.lab import texts_huawei as say
from xunwei.lab.family import Family
from xunwei.lab.views import table

KINDS = (
    "GigabitEthernet",
    "XGigabitEthernet",
    "Eth-Trunk",
    "Vlanif",
    "LoopBack",
    "Ethernet",
    "MEth",
    "NULL",
    "Tunnel",
    "40GE",
    "100GE",
)
KINDS8 = ("10GE", "25GE", "40GE", "100GE", "GE", *KINDS)
LOGICAL = ("Eth-Trunk", "Vlanif", "LoopBack", "NULL", "Tunnel")
SHORT = {"GE": "GigabitEthernet", "XGE": "XGigabitEthernet"}

_COMMON = {
    "interface": v.INTERFACE,
    "aaa": v.AAA,
    "authen_scheme": v.AUTHEN_SCHEME,
    "author_scheme": v.AUTHOR_SCHEME,
    "account_scheme": v.ACCOUNT_SCHEME,
    "domain": v.DOMAIN,
    "vty": v.VTY,
    "acl_basic": v.ACL_BASIC,
    "acl_adv": v.ACL_ADV,
    "vlan": v.VLAN,
    "ospf": v.OSPF,
    "ospf_area": v.OSPF_AREA,
    "bgp": v.BGP,
    "local_pool": v.POOL,
    "taught": "",
}


def _family(name: str, user: str, system: str, any_view: str, extra: Mapping[str, str], **more: object) -> Family:
    texts = {**_COMMON, **extra}
    inside = any_view + "$ return | return\n"
    views = {view: table(view, text, inside) for view, text in texts.items()}
    views |= {"user": table("user", user, v.ANY), "system": table("system", system, any_view)}
    return Family(name=name, views=views, errors=say.ERRORS, logical=LOGICAL, short=SHORT, **more)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def vrp5() -> Family:
    """S-series switches and AR routers, V200: every line takes effect at once."""
    return _family("vrp5", v.USER, v.SYSTEM, v.ANY, {}, texts=say.TEXTS, kinds=KINDS)


@lru_cache(maxsize=1)
def vrp8() -> Family:
    """CloudEngine switches: lines collect in a candidate and take effect with `commit`."""
    system = (
        (v.SYSTEM + v.VRP8_SYSTEM)
        .replace("@ acl-basic-{id}", "@ acl4-basic-{id}")
        .replace("@ acl-adv-{id}", "@ acl4-advance-{id}")
    )
    return _family(
        "vrp8",
        v.USER + v.ROLLBACK,
        system,
        v.ANY + v.TWO_STAGE,
        {},
        texts={**say.TEXTS, **say.TEXTS8},
        kinds=KINDS8,
        two_stage=True,
    )


@lru_cache(maxsize=1)
def usg() -> Family:
    """USG6000 firewalls, V500: VRP5 manners, zones and policies."""
    extra = {
        "interface": v.INTERFACE + u.USG_INTERFACE,
        "aaa": v.AAA + u.USG_AAA,
        "manager_user": u.MANAGER_USER,
        "zone": u.ZONE,
        "policy_security": u.POLICY,
        "policy_nat": u.POLICY,
        "policy_rule": u.POLICY_RULE,
        "object_set": u.OBJECT_SET,
        "service_set": u.SERVICE_SET,
    }
    return _family(
        "usg",
        v.USER,
        v.SYSTEM + u.USG_SYSTEM,
        v.ANY,
        extra,
        texts=say.TEXTS,
        kinds=KINDS,
        startup_file="hda1:/vrpcfg.zip",
        default_name="USG6000",
    )
