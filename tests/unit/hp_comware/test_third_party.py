"""Recordings of real Comware devices that others made and read: we must agree with them, or refuse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.parse.text import Unparsed

from . import third_party

# How many of the provided recordings of a section must be read; the rest may be refused, never misread.
FLOORS = {
    "arp": 5,
    "bgp_peer": 1,
    "clock": 3,
    "interface_brief": 3,
    "interfaces": 13,
    "ip_interface": 4,
    "link_aggregation": 1,
    "link_member": 2,
    "lldp_neighbor": 4,
    "mac_address": 5,
    "manuinfo": 8,
    "route_policy": 1,
    "routing_table": 1,
    "stp": 3,
    "version": 17,
    "vlan": 5,
    "vlan_brief": 1,
    "vpn_instance": 3,
}


def test_every_recording_is_read_right_or_refused(fixtures_dir: Path) -> None:
    pack = packs.load("hp_comware")
    read: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    compared = 0
    for one in third_party.recordings(fixtures_dir):
        seen[one.section] += 1
        try:
            facts = pack.parser(one.section)(one.text)
        except Unparsed:
            continue
        assert pack.section(one.section).answered.problem(facts) is None, one.name
        read[one.section] += 1
        if one.rows is not None:
            third_party.COMPARE[one.section](one.rows, facts)
            compared += 1
        elif one.script:
            compared += third_party.noc(one.script, one.section, one.result, facts)
    missed = {section: (read[section], floor) for section, floor in FLOORS.items() if read[section] < floor}
    assert not missed, f"sections that read too little: {missed}"
    assert sum(read.values()) >= 0.85 * sum(seen.values()), (read, seen)
    assert compared >= 60, compared


def test_a_cut_configuration_is_refused(fixtures_dir: Path) -> None:
    """The recorded snippet has no end: reading it would make every missing line look like a decision."""
    pack = packs.load("hp_comware")
    [snippet] = [r for r in third_party.recordings(fixtures_dir) if r.section == "configuration"]
    with pytest.raises(Unparsed, match="return"):
        pack.parser("configuration")(snippet.text)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_cut_off_answers_never_add_or_change_rows(fixtures_dir: Path, share: float) -> None:
    """Of an answer that stops half way a parser may read less, but not other things."""
    pack = packs.load("hp_comware")
    lists = {
        "arp": "entries",
        "mac_address": "entries",
        "vlan": "vlans",
        "bgp_peer": "peers",
        "lldp_neighbor": "neighbors",
    }
    cuts = 0
    for one in third_party.recordings(fixtures_dir):
        if one.section not in lists:
            continue
        parse = pack.parser(one.section)
        text = one.text[: int(len(one.text) * share)]
        text = text[: text.rfind("\n") + 1]
        try:
            part = parse(text)[lists[one.section]]
        except Unparsed:
            cuts += 1
            continue
        whole = parse(one.text)[lists[one.section]]
        assert part[:-1] == whole[: max(len(part) - 1, 0)], one.name
        cuts += 1
    assert cuts >= 15


def test_the_wrapped_name_is_joined(fixtures_dir: Path) -> None:
    pack = packs.load("hp_comware")
    [one] = [r for r in third_party.recordings(fixtures_dir) if r.name.endswith("information_list2.raw")]
    names = [n["peer"] for n in pack.parser("lldp_neighbor")(one.text)["neighbors"]]
    assert names[0] is not None
    assert names[0].endswith(".example.com")
    assert names[2] is None
