"""The application's own word on itself and on what it depends on (collector http).

    {"http": 200, "kind": "whole", "ms": 8.1, "name": "", "state": "UP"}
    {"http": null, "kind": "dependency", "ms": null, "name": "db", "state": "UP"}
    -- 2 rows

Words after Spring Boot Actuator and Eclipse MicroProfile Health. A word that is none of them is not known: null.
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed

_UP = ("UP", "OK", "PASS", "PASSED", "HEALTHY", "GREEN", "RUNNING", "AVAILABLE", "SUCCESS", "NORMAL", "ALIVE", "READY")
_DOWN = (
    "DOWN", "FAIL", "FAILED", "ERROR", "UNHEALTHY", "RED", "OUT_OF_SERVICE", "UNAVAILABLE", "STOPPED", "DEGRADED", "WARN",
    "WARNING", "YELLOW", "TIMEOUT", "DISCONNECTED", "DEAD",
)  # fmt: skip


def parse(text: str) -> Facts:
    """State of the whole and of each dependency; `up` is null for a word that says neither."""
    found = rows(text, {"name": "str", "kind": "str", "state": "str?", "http": "int?", "ms": "float?"})
    whole = [r for r in found if r["kind"] == "whole"]
    if len(whole) != 1 or whole[0]["http"] is None or whole[0]["ms"] is None:
        raise Unparsed("the state of the whole is missing")
    said = _up(whole[0]["state"])
    # An endpoint that says UP with an error status is not believed.
    up = False if whole[0]["http"] >= 500 else said
    return {
        "state": whole[0]["state"],
        "up": up,
        "http": whole[0]["http"],
        "ms": whole[0]["ms"],
        "dependencies": [
            {"name": r["name"], "state": r["state"], "up": _up(r["state"]), "_line": r["_line"]}
            for r in found
            if r["kind"] == "dependency"
        ],
        "_lines": {"up": whole[0]["_line"], "state": whole[0]["_line"]},
    }


def _up(word: str | None) -> bool | None:
    return True if word in _UP else False if word in _DOWN else None
