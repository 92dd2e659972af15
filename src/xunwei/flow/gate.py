"""The gate: one exit code from what a run's records say. The codes are the same for the CLI and every scheduler."""

from __future__ import annotations

from collections.abc import Iterable

from xunwei.inventory import gate_severities
from xunwei.model import Json

OK, TOOL_FAILED, FINDINGS, NOT_COLLECTED, REFUSED, STOPPED = 0, 1, 2, 3, 4, 130


def exit_code(gate: Json, counts: Json, findings: Iterable[Json]) -> int:
    """0 nothing at or above the gate; 3 something was not collected; 2 findings at or above the gate.

    3 goes before 2: what was not seen may be worse than what was. Coverage `strict` counts every verdict that could
    not be made, `asset` only assets that could not be reached, `off` nothing.
    """
    coverage = gate["coverage"]
    if coverage != "off" and counts["unreachable"]:
        return NOT_COLLECTED
    if coverage == "strict" and counts["verdicts"].get("not_collected"):
        return NOT_COLLECTED
    severities = gate_severities(gate["findings"])
    if any(f["severity"] in severities for f in findings):
        return FINDINGS
    return OK
