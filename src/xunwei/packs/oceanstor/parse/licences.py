"""`GET license/feature` and `GET license/activelicense`.

Sample: [{"HyperSnap": 1, "id": 1}, {"HyperMetro": 3, "id": 9}]: 1 and 2 mean that the feature may be used.
{"LicenseResource": [{"FeatureId": "1", "FeatureName": "HyperSnap", "ResourceNum": "1", "DeadLine": "2027-06-30"}]}

That the features are told this way is by public client code; the names of the fields about terms are not verified on a
device: where none of them is there the term is null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.oceanstor.objects import checked, listed
from xunwei.packs.rest import Book, Item, Json, at, distinct, epoch, word
from xunwei.parse import Unparsed

ENDS = ("DeadLine", "Deadline", "deadline", "ExpireDate", "expireDate", "ExpirationDate")
NAMES = ("FeatureName", "Name", "name", "FeatureId")
USABLE = {"1": True, "2": True, "3": False}


def parse(raw: str) -> dict[str, Any]:
    """Features and terms. Raises Unparsed."""
    book = Book(raw)
    features = [_feature(item) for item in listed(book, "license/feature")]
    terms: list[Json] = []
    for path, body in book.data.items():
        if path.endswith("/license/activelicense"):
            checked(body, path)
            terms += [_term(item) for item in book.items(re.escape(path), "data.LicenseResource", may_lack=True)]
    available = sorted(f["name"] for f in features if f["available"])
    return {"features": distinct(features), "available": available, "terms": distinct(terms)}


def _feature(item: Item) -> Json:
    names = [key for key in item.body if key != "id"]
    if len(names) != 1:
        raise Unparsed(f"a feature with {len(names)} names")
    return at({"name": names[0], "available": USABLE.get(word(item.body, names[0]) or "")}, item.line(names[0]))


def _term(item: Item) -> Json:
    name = next((found for key in NAMES if (found := word(item.body, key))), None)
    if name is None:
        raise Unparsed("a licence without a name")
    key = next((key for key in ENDS if word(item.body, key)), "")
    end = word(item.body, key) if key else None
    permanent = None if end is None else end.lower() in ("permanent", "永久")
    expires = None if end is None or permanent else epoch(end, "T00:00:00+00:00" if len(end) == 10 else "+00:00")
    return at({"name": name, "expires": expires, "permanent": permanent}, item.line(key))
