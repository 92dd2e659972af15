"""What people read, in Chinese and English: message catalogues `locale/<family>.<lang>.yml`, found by dotted key."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from xunwei.errors import InputError

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).resolve().parent / "locale"


class Catalogue:
    """Messages by dotted key; a key that is not there is a mistake in this package and raises KeyError."""

    def __init__(self, lang: str, messages: Mapping[str, str]) -> None:
        self.lang = lang
        self.messages = messages

    def __call__(self, key: str, **values: object) -> str:
        return self.messages[key].format(**values) if values else self.messages[key]

    def word(self, family: str, name: str) -> str:
        """The word for `name` in `family` (`class`, `status` …); the name itself when it is not ours (a site's own)."""
        return self.messages.get(f"{family}.{name}", name)

    def pick(self, text: Any) -> str:
        """The side of a {zh, en} pair that is wanted, else the other one; a plain string as it is."""
        if isinstance(text, Mapping):
            return str(text.get(self.lang) or next((v for v in text.values() if v), ""))
        return str(text or "")


@functools.lru_cache(maxsize=8)
def catalogue(lang: str, family: str = "report") -> Catalogue:
    """The catalogue of `lang` (zh or en). Raises InputError for any other language."""
    if lang not in LANGUAGES:
        raise InputError(f"no language {lang!r}", hint="zh or en")
    source = (_FOLDER / f"{family}.{lang}.yml").read_text(encoding="utf-8")
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


def user_language() -> str:
    """The language for the terminal: $XUNWEI_LANG, else Chinese unless the locale says English."""
    named = os.environ.get("XUNWEI_LANG", "")
    if named in LANGUAGES:
        return named
    local = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if local.lower().startswith("en") else "zh"
