"""`pg_isready`: what the server says to a client that only knocks (PostgreSQL manual, "pg_isready": exit status).

port=5432
answer=/var/run/postgresql:5432 - accepting connections
code=0
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.parse.text import Unparsed, integer, keyvals

_STATES = {"0": "accepting", "1": "rejecting", "2": "no_response"}


def parse(text: str) -> Facts:
    """{port, state: accepting | rejecting | no_response, answer}. Code 3 (no attempt was made) is Unparsed."""
    found = keyvals(text)
    if set(found) != {"port", "answer", "code"}:
        raise Unparsed(f"keys are {sorted(found)}")
    code, line = found["code"]
    if code not in _STATES:
        raise Unparsed(f"pg_isready made no attempt: exit code {code[:20]!r}")
    return {
        "port": integer(found["port"][0], "port"),
        "state": _STATES[code],
        "answer": found["answer"][0],
        "_lines": {"port": found["port"][1], "state": line, "answer": found["answer"][1]},
    }
