"""The words of the reports in one language, from locale/report.<lang>.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from xunwei.errors import InputError

LANGUAGES = ("zh", "en")


class Catalogue:
    """Messages by dotted key; a key that is not there is a mistake in this package and raises KeyError."""

    def __init__(self, lang: str, messages: Mapping[str, str]) -> None:
        self.lang = lang
        self.messages = messages

    def __call__(self, key: str, **values: object) -> str:
        return self.messages[key].format(**values) if values else self.messages[key]

    def word(self, family: str, name: str) -> str:
        """The word for `name` in `family` (class, status …); `name` itself when it is a site's own."""
        return self.messages.get(f"{family}.{name}", name)

    def pick(self, text: Any) -> str:
        """The side of a {zh, en} pair that is wanted, else the other one; a plain string as it is."""
        if isinstance(text, Mapping):
            return str(text.get(self.lang) or next((v for v in text.values() if v), ""))
        return str(text or "")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalogue:
    """The catalogue of `lang` (zh or en). Raises InputError for any other language."""
    if lang not in LANGUAGES:
        raise InputError(f"no report in language {lang!r}", hint="zh or en")
    source = resources.files("xunwei").joinpath("locale", f"report.{lang}.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Catalogue(lang, flatten(yaml.load(source, Loader=loader)))  # noqa: S506 - a safe loader, the C one if built


def flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """{a: {b: text}} as {"a.b": text}."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
