"""`Licenses`: LicenseManager.licenses; a digest stands for the key.

{"evaluation": {"properties": [{"key": "expirationDate", "value": "2027-01-01T00:00:00Z"}]}, "licenses": [
  {"editionKey": "esx.enterprisePlus.cpuPackage", "id": "a1b2…", "name": "…", "costUnit": "cpuPackage",
   "properties": [{"key": "expirationDate", "value": "2027-06-30T00:00:00Z"}], "total": 8, "used": 8}]}
A licence without expirationDate does not end. An evaluation says so by its edition `eval`; its end may be in `evaluation`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, entries, load
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{licenses}; `total` 0 is without limit, `expires` null for one that does not end."""
    evaluation = _properties(Thing(load(text), "answer").inner("evaluation"))
    return {"licenses": [_license(thing, evaluation) for thing in entries(text, "licenses")]}


def _properties(thing: Thing) -> dict[str, Any]:
    return {str(p.text("key")): p.member("value") for p in thing.things("properties") or []}


def _license(thing: Thing, evaluation: dict[str, Any]) -> dict[str, Any]:
    edition, ident = thing.text("editionKey"), thing.text("id")
    total = thing.whole("total")
    if not edition or not ident or total is None:
        raise Unparsed(f"{thing.where}: a licence without edition, id or total")
    trial = edition == "eval" or edition.startswith("eval.")
    own = _properties(thing)
    if trial and not {"expirationDate", "expirationHours"} & set(own):
        own = evaluation
    expires, hours = own.get("expirationDate"), own.get("expirationHours")
    if expires is not None and not isinstance(expires, str):
        raise Unparsed(f"{thing.where}: the end is no time")
    return {
        "_line": thing.line, "id": ident, "name": thing.name(), "edition": edition, "evaluation": trial, "total": total,
        "used": thing.whole("used"), "unit": thing.text("costUnit"), "expires": expires,
        "hours_left": float(hours) if isinstance(hours, int | float) and not isinstance(hours, bool) else None,
    }  # fmt: skip
