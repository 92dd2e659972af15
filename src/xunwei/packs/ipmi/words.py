"""The states a discrete sensor can assert, and what each says of the part (IPMI 2.0, tables 42-2 and 42-3).

The words are ipmitool's; case does not matter. A word that is not here is never taken for good.
"""

from __future__ import annotations

RANK = {"none": 0, "ok": 1, "warning": 2, "critical": 3}

# Any sensor: generic event/reading types.
GENERIC: dict[str, tuple[str, ...]] = {
    "ok": (
        "Transition to Idle", "Transition to Active", "Transition to Busy", "State Deasserted",
        "Predictive Failure Deasserted", "Limit Not Exceeded", "Performance Met", "Transition to OK", "Monitor",
        "Informational", "Device Present", "Device Enabled", "Transition to Running", "Transition to In Test",
        "Transition to Power Off", "Transition to On Line", "Transition to Power Save", "Fully Redundant",
        "D0 Power State", "D1 Power State", "D2 Power State", "D3 Power State", "Device Inserted",
    ),
    "none": ("Device Absent", "Device Removed", "Device Disabled", "Transition to Off Duty"),
    "warning": (
        "Predictive Failure Asserted", "Limit Exceeded", "Performance Lags", "Transition to Off Line",
        "Transition to Non-critical from OK", "Transition to Non-critical from more severe", "Transition to Degraded",
        "Redundancy Degraded", "Redundancy Degraded from Fully Redundant", "Redundancy Degraded from Non-Redundant",
        "Non-Redundant: Sufficient from Redundant", "Non-Redundant: Sufficient from Insufficient",
    ),
    "critical": (
        "Transition to Critical from less severe", "Transition to Non-recoverable from less severe",
        "Transition to Critical from Non-recoverable", "Transition to Non-recoverable", "Install Error",
        "Redundancy Lost", "Non-Redundant: Insufficient Resources",
    ),
}  # fmt: skip

# By sensor type code.
SPECIFIC: dict[int, dict[str, tuple[str, ...]]] = {
    0x05: {
        "warning": ("System unplugged from LAN",),
        "critical": (
            "General Chassis intrusion", "Drive Bay intrusion", "I/O Card area intrusion", "Processor area intrusion",
            "Unauthorized dock", "FAN area intrusion",
        ),
    },
    0x07: {
        "ok": ("Presence detected", "Terminator presence detected"),
        "warning": ("Disabled", "Throttled", "Correctable machine check error"),
        "critical": (
            "IERR", "Thermal Trip", "FRB1/BIST failure", "FRB2/Hang in POST failure",
            "FRB3/Processor startup/init failure", "Configuration Error", "SM BIOS Uncorrectable CPU-complex Error",
            "Uncorrectable machine check exception",
        ),
    },
    0x08: {
        "ok": ("Presence detected", "Power Supply Inactive"),
        "warning": ("Predictive failure", "AC out-of-range, but present"),
        "critical": (
            "Failure detected", "Power Supply AC lost", "AC lost or out-of-range", "Config Error", "Config Error: Vendor Mismatch",
            "Config Error: Revision Mismatch", "Config Error: Processor Missing",
            "Config Error: Power Supply Rating Mismatch", "Config Error: Voltage Rating Mismatch",
        ),
    },
    0x09: {
        "ok": ("Power off/down", "Power cycle"),
        "warning": ("Predictive failure",),
        "critical": (
            "240VA power down", "Interlock power down", "AC lost", "Soft-power control failure", "Failure detected",
        ),
    },
    0x0C: {
        "ok": ("Presence Detected", "Spare"),
        "warning": (
            "Correctable ECC", "Memory Device Disabled", "Throttled", "Correctable ECC logging limit reached",
        ),
        "critical": (
            "Uncorrectable ECC", "Parity", "Memory Scrub Failed", "Configuration Error", "Critical Overtemperature",
        ),
    },
    0x0D: {
        "ok": ("Drive Present", "Hot Spare", "Parity Check In Progress"),
        "warning": ("Predictive Failure", "Rebuild In Progress"),
        "critical": ("Drive Fault", "In Critical Array", "In Failed Array", "Rebuild Aborted"),
    },
    0x10: {
        "ok": ("Log area reset/cleared",),
        "warning": (
            "Correctable memory error logging disabled", "Event logging disabled", "All event logging disabled",
            "Log almost full", "Event type logging disabled", "Correctable machine check error logging disabled",
        ),
        "critical": ("Log full",),
    },
    0x13: {
        "warning": ("Software NMI", "Bus Correctable error", "Bus Degraded"),
        "critical": (
            "NMI/Diag Interrupt", "Bus Timeout", "I/O Channel check NMI", "PCI PERR", "PCI SERR",
            "EISA failsafe timeout", "Bus Uncorrectable error", "Fatal NMI", "Bus Fatal Error",
        ),
    },
    0x1B: {"ok": ("Connected",), "critical": ("Config Error",)},
    0x21: {
        "ok": (
            "Identify Status", "Device Installed", "Ready for Device Installation", "Ready for Device Removal",
            "Slot Power is Off", "Holds Spare Device", "Slot is Disabled",
        ),
        "warning": ("Device Removal Request", "Interlock"),
        "critical": ("Fault Status",),
    },
    0x23: {
        "warning": ("Timer expired", "Timer interrupt"),
        "critical": ("Hard reset", "Power down", "Power cycle"),
    },
    0x28: {
        "warning": ("Sensor access degraded or unavailable", "Controller access degraded or unavailable", "Sensor failure"),
        "critical": ("Management controller off-line", "Management controller unavailable", "FRU failure"),
    },
    0x29: {"ok": ("Presence Detected",), "warning": ("Low",), "critical": ("Failed",)},
}  # fmt: skip

NO_READING = ("No Reading", "Disabled", "Not Readable", "Event-Only", "Unknown")


def known(kind: int) -> dict[str, str]:
    """{word in lower case: what it says} for a sensor type."""
    found: dict[str, str] = {}
    for group in (GENERIC, SPECIFIC.get(kind, {})):
        found |= {word.lower(): state for state, words in group.items() for word in words}
    return found


def judge(kind: int, text: str) -> str | None:
    """The worst of the states in `text` (`A, B`): none, ok, warning, critical; None when a word is not known.

    A known fault counts even beside words that are not known.
    """
    table = known(kind)
    rest, worst, unknown = text.strip().lower(), "none", False
    while rest:
        word = max((w for w in table if rest == w or rest.startswith(w + ", ")), key=len, default="")
        if word:
            worst = max(worst, table[word], key=RANK.__getitem__)
        else:
            word, unknown = rest.partition(", ")[0], True
        rest = rest[len(word) :].removeprefix(", ")
    if unknown and worst != "critical":
        return None
    return worst
