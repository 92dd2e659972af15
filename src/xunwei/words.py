"""The closed vocabularies: one enum each, the same words in records, rules, ledger and reports."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What became of one section of one asset in one run."""

    COLLECTED = "collected"
    EMPTY = "empty"
    TIMED_OUT = "timed_out"
    DENIED = "denied"
    UNSUPPORTED = "unsupported"
    UNPARSED = "unparsed"
    UNREACHABLE = "unreachable"
    STALE = "stale"


class Verdict(StrEnum):
    """What a rule says of an asset (or of one item of it)."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    WARN = "warn"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"
    WAIVED = "waived"
    MANUAL = "manual"


class Severity(StrEnum):
    """How much a failing rule matters; a gate is set at one of them."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Lifecycle(StrEnum):
    """Where a finding stands when a run is compared with the ledger."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"
    REGRESSED = "regressed"


SEVERITY_RANK = {Severity.CRITICAL: 3, Severity.MAJOR: 2, Severity.MINOR: 1}

# Worst first: a verdict over several items is the first of these that any item has.
WORST_FIRST = (
    Verdict.FAIL,
    Verdict.WARN,
    Verdict.NOT_COLLECTED,
    Verdict.MANUAL,
    Verdict.WAIVED,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
)
