"""What IOS-XE says: errors, questions, confirmations."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "invalid": "% Invalid input detected at '^' marker.",
    "incomplete": "% Incomplete command.",
    "ambiguous": "% Ambiguous command:",
    "denied": "% Access denied",
    "configure": "Enter configuration commands, one per line.  End with CNTL/Z.",
    "saved": "Building configuration...\n[OK]",
    "disk_full": "Building configuration...\n% Error: there is not enough space left on nvram:",
    "copy_ask": "Destination filename [startup-config]? ",
    "reload_unsaved": "\nSystem configuration has been modified. Save? [yes/no]: ",
    "reload_ask": "Proceed with reload? [confirm]",
    "reload_yes": ",y,yes",
    "no_startup": "startup-config is not present",
    "on_by_default": "ip http server,ip http secure-server,ip source-route,ip domain lookup,cdp run",
}
