"""Text from devices, made safe to show: what a terminal or layout engine would act on becomes a visible escape."""

from __future__ import annotations

import re
from typing import Any

# C0 and C1 controls but tab and newline, lone surrogates, non-characters, and what reverses or hides text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# The same as they stand in a JSON file, escaped or not: most files have none and need no walk.
_SUSPECT = re.compile(r"\\u(?:00[0189]|007f|20[26]|feff|fdd|fde|fff|d[89a-f])|\\[bfr]", re.IGNORECASE)
LONGEST = 2000


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def clean(text: str) -> str:
    """`text` with controls, bidi marks and lone surrogates written as \\x1b, \\u202e; at most LONGEST characters."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + " …"
    return _UNSAFE.sub(_escape, text)


def clean_all(data: Any) -> Any:
    """`data` (JSON) with every string, keys too, passed through `clean`."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [clean_all(item) for item in data]
    if isinstance(data, dict):
        return {clean(key): clean_all(value) for key, value in data.items()}
    return data


def needs_cleaning(source: str) -> bool:
    """Whether a JSON source can hold a string that `clean` would change."""
    return bool(_SUSPECT.search(source) or _UNSAFE.search(source) or len(max(source.split("\n"), key=len)) > LONGEST)
