"""`pg_settings`: the parameters that rules are about, whatever their source. Sizes in bytes, times in milliseconds.

{"name":"fsync","setting":"on","unit":null}
{"name":"idle_session_timeout","setting":"0","unit":"ms"}
-- 2 rows
"""

from __future__ import annotations

from typing import Any

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows
from xunwei.parse.text import Unparsed, integer

# Units of pg_settings.unit (PostgreSQL manual, "Parameter Names and Values"). A setting of -1 or 0 keeps its sign.
_UNITS = {"B": 1, "kB": 1024, "8kB": 8192, "MB": 2**20, "GB": 2**30, "ms": 1, "s": 1000, "min": 60000, "h": 3600000}
_NUMBERS = (
    "archive_timeout", "authentication_timeout", "autovacuum_freeze_max_age", "checkpoint_timeout",
    "idle_in_transaction_session_timeout", "idle_session_timeout", "log_min_duration_statement", "max_connections",
    "max_wal_size", "shared_buffers", "work_mem",
)  # fmt: skip
_SWITCHES = (
    "autovacuum", "data_checksums", "fsync", "full_page_writes", "ignore_checksum_failure", "log_disconnections",
    "log_lock_waits", "logging_collector", "ssl", "track_counts", "zero_damaged_pages",
)  # fmt: skip
_TEXTS = (
    "archive_mode", "data_directory_mode", "listen_addresses", "log_connections", "log_destination", "log_file_mode",
    "log_line_prefix", "log_min_messages", "log_statement", "log_timezone", "password_encryption",
    "shared_preload_libraries", "ssl_min_protocol_version", "synchronous_commit",
)  # fmt: skip
# Came with a later release than 10, so an older server does not list them.
_LATER = ("data_directory_mode", "idle_session_timeout", "ssl_min_protocol_version")


def parse(text: str) -> Facts:
    """{name: bool | int | str, null when this release has no such parameter}, `_lines` by name."""
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for row in rows(text, {"name": "str", "setting": "str", "unit": "str?"}):
        name = row["name"]
        if name in found:
            raise Unparsed(f"parameter {name} appears twice")
        found[name], lines[name] = _value(name, row["setting"], row["unit"]), row["_line"]
    for name in (*_NUMBERS, *_SWITCHES, *_TEXTS):
        if name not in found and name not in _LATER:
            raise Unparsed(f"parameter {name} is not in the answer")
        found.setdefault(name, None)
    return {**found, "_lines": lines}


def _value(name: str, setting: str, unit: str | None) -> bool | int | str:
    if name in _SWITCHES:
        if setting not in ("on", "off"):
            raise Unparsed(f"parameter {name} is neither on nor off: {setting[:20]!r}")
        return setting == "on"
    if name in _TEXTS:
        return setting
    if name not in _NUMBERS:
        raise Unparsed(f"parameter {name[:40]!r} was not asked for")
    number = integer(setting, name)
    if unit is not None and unit not in _UNITS:
        raise Unparsed(f"parameter {name} has an unknown unit {unit!r}")
    return number if number < 0 or unit is None else number * _UNITS[unit]
