"""JSON schemas of the files a pack consists of. Data, kept in Python so that they need no loading."""

from __future__ import annotations

from typing import Any

_NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_TEXT = {"type": "string", "minLength": 1}
_PATH = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"}
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
        "collector": _NAME,
        "refusals": {
            "type": "object",
            "properties": {"unsupported": _STRINGS, "denied": _STRINGS},
            "additionalProperties": False,
        },
        "redact": _STRINGS,
        "parameters": {"type": "object", "additionalProperties": _TEXT},
        "options": {"type": "object"},
        "found": {"type": "object", "additionalProperties": _PATH},
        "covers": {"type": "object", "additionalProperties": {"type": "array", "items": _NAME}},
    },
    "required": ["platform", "title", "collector"],
    "additionalProperties": False,
}

_FACT = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_COUNTER = {
    "type": "object",
    "properties": {"of": _FACT, "key": _FACT, "fields": {"type": "array", "items": _FACT, "minItems": 1}},
    "required": ["of", "key", "fields"],
    "additionalProperties": False,
}
_TREND = {
    "type": "object",
    "properties": {"of": _FACT, "key": _FACT, "field": _FACT, "full": {"type": "number"}, "unit": {"type": "string"}},
    "required": ["of", "key", "field"],
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
            "counters": {"type": "array", "items": _COUNTER, "minItems": 1},
            "trends": {"type": "array", "items": _TREND, "minItems": 1},
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
            "manual": _EXPRESSION,
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
