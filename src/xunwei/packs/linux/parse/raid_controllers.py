"""Hardware RAID by the controller's own tool: storcli/perccli, ssacli/hpssacli, MegaCli or arcconf.

    drivers=megaraid_sas
    tool=storcli64
    DG/VD TYPE  State Access Consist Cache Cac sCC       Size Name
    0/0   RAID1 Optl  RW     Yes     RWBD  -   ON  278.875 GB os
    EID:Slt DID State DG       Size Intf Med SED PI SeSz Model    Sp Type
    252:0     8 Onln   0 278.875 GB SAS  HDD N   N  512B EXAMPLE1 U  -

`tool=none`: a controller whose tool is not installed; its volumes and drives were not seen, so null.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

Lines = list[tuple[int, str]]
_GOOD = re.compile(
    r"(?i)optl|optimal|ok|onln|online(, spun (up|down))?|[gd]hs|ugood|jbod|(dedicated |global )?hot.?spare.*|ready"
    r"|unconfigured\(good\).*|hotspare, spun (up|down)"
)
_VD = re.compile(r"\s*(\d+/\d+|-/-)\s+(\S+)\s+(\S+)\s+(?:RW|RO|B|NoAccess|\S+)\s.*")
_PD = re.compile(r"\s*(\d*\s*:\d+)\s+\d+\s+(\S+)\s+.*")
_SSA = re.compile(r"\s*(logicaldrive|physicaldrive) (\S+) \((.+)\)")


def parse(text: str) -> Facts:
    """Facts of `raid_controllers`. `healthy` is true only for states known as good."""
    lines = list(whole(text))
    head = dict(line.split("=", 1) for _, line in lines[:2] if "=" in line)
    if not {"drivers", "tool"} <= head.keys():
        raise Unparsed("drivers or tool not found")
    facts: Facts = {"drivers": head["drivers"].split(), "tool": head["tool"], "volumes": None, "drives": None}
    tool, body = head["tool"], lines[2:]
    if tool == "none":
        if body:
            raise Unparsed("text where no tool was run")
        return {**facts, "tool": None}
    readers = {"storcli": _storcli, "perccli": _storcli, "ssacli": _ssacli, "hpssacli": _ssacli}
    reader = readers.get(tool.removesuffix("64")) or (_megacli if tool.lower().startswith("megacli") else None)
    if reader is None and tool == "arcconf":
        reader = _arcconf
    if reader is None:
        raise Unparsed(f"tool {tool[:20]!r} is not known")
    volumes, drives = reader(body)
    if not volumes and not drives:
        raise Unparsed("neither a volume nor a drive found")
    return {**facts, "volumes": volumes, "drives": drives}


def _entry(name: str, state: str, line: int) -> Facts:
    return {"name": name, "state": state, "healthy": _GOOD.fullmatch(state) is not None, "_line": line}


def _storcli(lines: Lines) -> tuple[list[Facts], list[Facts]]:
    volumes: list[Facts] = []
    drives: list[Facts] = []
    row: re.Pattern[str] | None = None
    rules = 0
    for number, line in lines:
        if re.match(r"\s*DG/VD\s+TYPE\s", line):
            row, rules = _VD, 0
        elif re.match(r"\s*EID:Slt\s+DID\s", line):
            row, rules = _PD, 0
        elif re.match(r"\s*Status = Failure", line):
            raise Unparsed("the controller's tool says: Status = Failure")
        elif row is not None and re.fullmatch(r"\s*-+", line):
            rules += 1
            row = None if rules == 2 else row
        elif row is not None:
            match = row.fullmatch(line)
            if match is None:
                raise Unparsed(f"line {number} is not a row of the table: {line[:60]!r}")
            if row is _VD:
                volumes.append(_entry(f"{match.group(1)} {match.group(2)}", match.group(3), number))
            else:
                drives.append(_entry(match.group(1).replace(" ", ""), match.group(2), number))
    return volumes, drives


def _ssacli(lines: Lines) -> tuple[list[Facts], list[Facts]]:
    found: dict[str, list[Facts]] = {"logicaldrive": [], "physicaldrive": []}
    for number, line in lines:
        match = _SSA.fullmatch(line)
        if match:
            words = [w.strip() for w in match.group(3).split(",")]
            state = words[-2] if words[-1] in ("spare", "transient data drive") and len(words) > 1 else words[-1]
            found[match.group(1)].append(_entry(match.group(2), state, number))
    return found["logicaldrive"], found["physicaldrive"]


def _megacli(lines: Lines) -> tuple[list[Facts], list[Facts]]:
    patterns = (
        r"Virtual Drive\s*:\s*(\d+).*",
        r"State\s*:\s*(.+)",
        r"Slot Number\s*:\s*(\S+)",
        r"Firmware state\s*:\s*(.+)",
    )
    return _paired(lines, *patterns)


def _arcconf(lines: Lines) -> tuple[list[Facts], list[Facts]]:
    patterns = (
        r"\s*Logical [Dd]evice number (\d+)", r"\s*Status of Logical Device\s*:\s*(.+)",
        r"\s*Device #(\d+)", r"\s*State\s*:\s*(.+)",
    )  # fmt: skip
    return _paired(lines, *patterns)


def _paired(
    lines: Lines, volume: str, volume_state: str, drive: str, drive_state: str
) -> tuple[list[Facts], list[Facts]]:
    """Volumes and drives from a line that names one and a later line that gives its state."""
    found: tuple[list[Facts], list[Facts]] = ([], [])
    name: str | None = None
    side = 0
    for number, line in lines:
        heads = [re.fullmatch(p, line) for p in (volume, drive)]
        if heads[0] or heads[1]:
            if name is not None:
                raise Unparsed(f"line {number}: no state was given for {name!r}")
            side = 0 if heads[0] else 1
            name = next(head.group(1) for head in heads if head)
            continue
        state = re.fullmatch(drive_state if side else volume_state, line)
        if state and name is not None:
            found[side].append(_entry(name, state.group(1).strip(), number))
            name = None
    if name is not None:
        raise Unparsed(f"no state was given for {name!r}")
    return found
