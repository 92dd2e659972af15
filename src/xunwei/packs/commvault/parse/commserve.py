"""`GET CommServ`.

Sample: {"hostName": "backup-lab-1", "releaseName": "11.32", "currentSPVersion": 32, "csVersionInfo": "11 SP32.39", "commcell":
{"commCellName": "backup-lab-1", "commCellId": 2}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, record, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Name and version of the management server. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/webconsole/api/CommServ")
    name = word(body, "hostName") or word(record(body, "commcell"), "commCellName")
    version, release = word(body, "csVersionInfo"), word(body, "releaseName")
    if name is None and version is None and release is None:
        raise Unparsed(f"{path} tells neither name nor version")
    line = book.line(path, "csVersionInfo")
    lines = {"version": line} if line else {}
    return {"name": name, "version": version or release, "release": release, "_lines": lines}
