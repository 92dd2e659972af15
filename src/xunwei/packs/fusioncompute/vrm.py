"""What the FusionCompute parsers share: resources below a site, times, levels. Forms by the VRM REST reference."""

from __future__ import annotations

import datetime as dt
import re

from xunwei.packs.rest import Book, Item, Json, word
from xunwei.parse import Unparsed

SITE = r"/service/sites/[^/]+"
LEVELS = {
    "critical": "critical", "major": "major", "minor": "minor", "warning": "warning", "1": "critical", "2": "major",
    "3": "minor", "4": "warning", "紧急": "critical", "重要": "major", "次要": "minor", "提示": "warning",
}  # fmt: skip
_ZONE = dt.timezone(dt.timedelta(hours=8))


def below(book: Book, name: str, key: str) -> list[Item]:
    """Records of a list below every site; a service without sites has nothing to answer."""
    sites(book)
    return book.items(f"{SITE}/{name}", key)


def sites(book: Book) -> list[Item]:
    """The sites. Raises Unparsed when there is none: then nothing was asked of anything."""
    found = book.items("/service/sites", "sites")
    if not found:
        raise Unparsed("the service has no site")
    return found


def local(body: Json, key: str) -> int | None:
    """Epoch seconds of `YYYY-MM-DD hh:mm:ss`, which is the manager's local time: taken for China's."""
    value = word(body, key)
    if value is None:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value):
        raise Unparsed(f"{key} is not a time: {value[:40]!r}")
    try:
        return int(dt.datetime.fromisoformat(value).replace(tzinfo=_ZONE).timestamp())
    except ValueError:
        raise Unparsed(f"{key} is not a time: {value[:40]!r}") from None


def setting(body: Json, key: str) -> bool | None:
    """A switch, given as one or as text."""
    value = body.get(key)
    if value is None or isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value))
