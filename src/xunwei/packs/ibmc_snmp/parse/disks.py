"""Disks (recorded: RH2288H V3, whose RAID card told the BMC nothing of them):

.1.3.6.1.4.1.2011.2.235.1.1.18.50.1.2.1 = INTEGER: 2      1 absent 2 present
.1.3.6.1.4.1.2011.2.235.1.1.18.50.1.3.1 = INTEGER: 1      health
.1.3.6.1.4.1.2011.2.235.1.1.18.50.1.10.1 = INTEGER: 7     firmware state (vendor's template); 255 unknown
.1.3.6.1.4.1.2011.2.235.1.1.18.50.1.20.1 = INTEGER: 31    °C; 255 unknown
.1.3.6.1.4.1.2011.2.235.1.1.18.50.1.23.1 = INTEGER: 1     failure predicted: 1 no 2 yes; 255 unknown (MIB order)
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, presence, rows, status, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row

COLUMNS = {
    "presence": 2, "status": 3, "name": 6, "serial": 7, "model": 8, "state": 10, "gigabytes": 12, "celsius": 20,
    "predicted": 23, "life": 25, "media": 26, "predictive": 27,
}  # fmt: skip
STATES = {
    1: "unconfigured good", 2: "unconfigured bad", 3: "hot spare", 4: "offline", 5: "failed", 6: "rebuild", 7: "online",
    8: "copyback", 9: "JBOD", 10: "unconfigured shielded", 11: "hot spare shielded", 12: "configured shielded", 13: "foreign",
    14: "active", 15: "stand-by", 16: "sleep", 17: "DST", 18: "SMART collection", 19: "SCT",
}  # fmt: skip


def parse(text: str) -> Facts:
    """Disks by index, empty slots too. Raises Unparsed."""
    disks = [_disk(row) for row in rows(text, 18, COLUMNS)]
    return {"disks": disks, "present": sum(1 for d in disks if d["present"] is not False and d["status"] != "absent")}


def _disk(row: Row) -> Facts:
    state, predicted = number(row, "state", 255), number(row, "predicted", 255)
    if state is not None and state not in STATES:
        raise Unparsed(f"line {row.line}: firmware state has no value {state}")
    if predicted not in (None, 1, 2):
        raise Unparsed(f"line {row.line}: predicted failure has no value {predicted}")
    return facts(
        row, name=named(row, "name", "slot"), present=presence(row), status=status(row), model=words(row, "model"),
        serial=words(row, "serial"), state=None if state is None else STATES[state], gigabytes=number(row, "gigabytes", -1, 0),
        celsius=number(row, "celsius", 255, -1), predicted=None if predicted is None else predicted == 2,
        life_left_percent=number(row, "life", 255, -1), media_errors=number(row, "media", -1, 65535),
        predictive_errors=number(row, "predictive", -1, 65535),
    )  # fmt: skip
