"""JSON schemas of the files a pack consists of. Data, kept in Python so that they need no loading."""

from __future__ import annotations

from typing import Any

_NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_TEXT = {"type": "string", "minLength": 1}
_STRINGS = {"type": "array", "items": _TEXT}
_WORDS = {
    "type": "object",
    "properties": {"zh": _TEXT, "en": _TEXT},
    "required": ["zh", "en"],
    "additionalProperties": False,
}

PACK: dict[str, Any] = {
    "type": "object",
    "properties": {
        "platform": _NAME,
        "title": _WORDS,
        "collector": {"enum": ["sh", "cli", "redfish"]},
        "cli": {
            "type": "object",
            "properties": {"device_types": {"type": "object", "additionalProperties": _TEXT}},
            "required": ["device_types"],
        },
        "refusals": {
            "type": "object",
            "properties": {"unsupported": _STRINGS, "denied": _STRINGS},
            "additionalProperties": False,
        },
        "redact": _STRINGS,
        "parameters": {"type": "object", "additionalProperties": _TEXT},
    },
    "required": ["platform", "title", "collector"],
    "additionalProperties": False,
}

SECTIONS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "name": _NAME,
            "title": _WORDS,
            "ask": {"anyOf": [_TEXT, _STRINGS]},
            "timeout": {"type": "number", "exclusiveMinimum": 0, "maximum": 600},
            "classes": _STRINGS,
            "variants": _STRINGS,
            "absent": {"enum": ["not_applicable", "not_collected"]},
            "blank": {"type": "boolean"},
            "facts": {"type": "object"},
        },
        "required": ["name", "title", "ask", "facts"],
        "additionalProperties": False,
    },
}

_EXPRESSION = {"anyOf": [_TEXT, {"type": "boolean"}]}

RULES: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"},
            "title": _WORDS,
            "severity": {"enum": ["critical", "major", "minor"]},
            "clauses": {"type": "array", "items": {"type": "string", "pattern": r"^8\.[0-9.]+(\.[a-z])?$"}},
            "duties": {"type": "array", "items": {"type": "string", "pattern": "^D[0-9]{2}$"}},
            "needs": {"type": "array", "items": _TEXT, "minItems": 1},
            "applies": _EXPRESSION,
            "each": _TEXT,
            "where": _EXPRESSION,
            "key": _TEXT,
            "limits": {"type": "object", "propertyNames": _NAME},
            "good": _EXPRESSION,
            "fair": _EXPRESSION,
            "measured": _TEXT,
            "expected": _WORDS,
            "why": _WORDS,
            "remedy": _WORDS,
        },
        "required": ["id", "title", "severity", "needs", "good", "measured", "expected", "why", "remedy"],
        "dependentRequired": {"each": ["key"], "where": ["each"], "key": ["each"]},
        "additionalProperties": False,
    },
}
