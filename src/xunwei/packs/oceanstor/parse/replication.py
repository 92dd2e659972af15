"""`GET REPLICATIONPAIR`.

Sample: {"ID": "8b4a1f0000000001", "LOCALRESNAME": "lun-db-1", "REMOTERESNAME": "lun-db-1-dr", "REMOTEDEVICENAME": "stor-b",
"HEALTHSTATUS": "1", "RUNNINGSTATUS": "1", "TYPE": 263}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, told, word


def parse(raw: str) -> dict[str, Any]:
    """Pairs of remote replication. Raises Unparsed."""
    return {"pairs": objects(raw, "REPLICATIONPAIR", 263, _pair)}


def _pair(body: Json) -> Json:
    remote = [text for key in ("REMOTEDEVICENAME", "REMOTERESNAME") if (text := word(body, key))]
    return {"name": word(body, "LOCALRESNAME") or told(body, "ID"), "remote": "/".join(remote) or None}
