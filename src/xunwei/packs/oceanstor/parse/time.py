"""`GET system_utc_time`: the array's clock, with the moment the answer was received.

Sample: {"@xunwei.received": 1795564800.4, "data": {"CMO_SYS_UTC_TIME": "1795564799"}, "error": {"code": 0}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import single
from xunwei.packs.rest import RECEIVED, moment, number
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Epoch seconds of the array, and how far they are ahead of ours. Raises Unparsed."""
    book, path, whole, data = single(raw, "system_utc_time")
    told = moment(data, "CMO_SYS_UTC_TIME")
    if told is None:
        raise Unparsed("no CMO_SYS_UTC_TIME in the answer")
    received = number(whole, RECEIVED)
    line = book.line(path, "data", "CMO_SYS_UTC_TIME")
    offset = None if received is None else round(told - received, 1)
    return {"time": told, "offset_seconds": offset, "_lines": {"offset_seconds": line} if line else {}}
