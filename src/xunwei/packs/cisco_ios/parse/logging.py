"""`show logging` (command reference): where messages go, and the buffer. Messages of severity 0…2 are kept in full.

Syslog logging: enabled (0 messages dropped, 3 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)
    Buffer logging:  level informational, 120 messages logged, xml disabled, filtering disabled
    Trap logging: level informational, 130 message lines logged
        Logging to 192.0.2.51  (udp port 514, audit disabled, link up), …
Log Buffer (65536 bytes):
Nov 24 10:00:00.123 CST: %LINK-3-UPDOWN: Interface GigabitEthernet1/0/5, changed state to down
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.syslog import read


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "buffer", "dropped", "hosts", "counts", "serious"}; raises Unparsed."""
    return read(text)
