"""`show logging`: see `xunwei.packs.cisco_ios.syslog` (RGOS 11 command reference, syslog).

Syslog logging: enabled
  Buffer logging: level debugging, 15496 messages logged
  Trap logging: level informational, 15242 message lines logged,0 fail
    logging to 192.0.2.51
Log Buffer (Total 131072 Bytes): have written 1336,
015487: *Nov 19 02:46:13: sw-lab-1 %LINK-3-UPDOWN: Interface GigabitEthernet 0/24, changed state to up.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.syslog import read


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "buffer", "dropped", "hosts", "counts", "serious"}; raises Unparsed."""
    return read(text)
