"""What RGOS says: errors, questions, confirmations (RGOS 11 command references)."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "invalid": "% Invalid input detected at '^' marker.",
    "incomplete": "% Incomplete command.",
    "ambiguous": "% Ambiguous command:",
    "denied": "% Access denied",
    "configure": "Enter configuration commands, one per line.  End with CNTL/Z.",
    "saved": "Building configuration...\n[OK]",
    "disk_full": "Building configuration...\n% Error: no space left on device, the configuration was not saved",
    "reload_ask": "Reload system?(Y/N)",
    "reload_yes": "y,yes",
    "no_startup": "% The startup-config file does not exist.",
    "on_by_default": "enable service ssh-server,enable service telnet-server,enable service snmp-agent",
}
