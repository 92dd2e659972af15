"""Addresses seen by ARP inside the management networks: `{"ip": …, "mac": …, "asset": name or null, "seen_by": [names]}`, a line each."""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.estate.parse.rows import rows


def parse(text: str) -> Facts:
    """{items: [{ip, mac, asset, seen_by}]}; `asset` is null for an address that no asset declares."""
    return {
        "items": [
            {
                "ip": row["ip"],
                "mac": row["mac"],
                "asset": row["asset"],
                "seen_by": ", ".join(row["seen_by"]),
                "_line": n,
            }
            for n, row in rows(text, "ip", "mac", "asset", "seen_by")
        ]
    }
