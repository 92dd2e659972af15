"""Take secrets out of raw answers before anything is kept.

A secret becomes `<secret:FINGERPRINT>`, a keyed HMAC-SHA256 (RFC 2104): the same secret gives the same mark in every
run of one installation, so a changed secret is a visible change, and the mark tells nothing without the key.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # to know what a pattern needs; the tests hold its form on every Python
from typing import Any

FINGERPRINT_LENGTH = 10
SHORTEST_WORD = 3
_NAMES = (
    r"[\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|requirepass"
    r"|masterauth|auth[_-]?pass|shared[_-]?key|pre[_-]?shared[_-]?key|psk|community)[\w-]*"
)
_HARMLESS = r"(?!(?:null|none|true|false|yes|no|on|off|unset|set|never|expired|locked|\*+|x|\d{1,3})(?:[\s,;}\]\"']|$))"
_TRIGGERS = (
    "pass", "secret", "token", "key", "credential", "masterauth", "psk", "community",
)  # fmt: skip
_VALUE = _HARMLESS + r"(?P<secret>[^\s\"',;}\]&<]{2,})"

# (a word that the text must hold in lower case, pattern). The words are there for speed: most answers hold none of them.
# Order matters: whole blocks first, then the forms that name their secret.
PATTERNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("-----begin",), r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<secret>.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    # crypt(5) hashes, wherever they stand
    (
        ("$",),
        r"(?P<secret>\$(?:1|2[abxy]?|5|6|7|y|gy|sha1|md5|apr1|argon2(?:i|d|id)|scrypt|pbkdf2[\w-]*)\$[^\s:,;\"']{6,})",
    ),
    (_TRIGGERS, r"(?i)\b" + _NAMES + r"[\"']?\s*=\s*[\"']?" + _VALUE),
    (
        _TRIGGERS,
        r"(?i)(?<![/\w<-])(?:password|passphrase|secret|token|api[_-]?key)\s*:\s*[\"']?" + _VALUE,
    ),
    (_TRIGGERS, r"(?i)[\"']" + _NAMES + r"[\"']\s*:\s*[\"'](?P<secret>[^\"'<]+)"),
    (
        ("requirepass", "masterauth", "community", "createuser"),
        r"(?im)^\s*(?:requirepass|masterauth|rocommunity6?|rwcommunity6?|authcommunity \S+|createUser \S+ \S+)\s+\"?"
        + _VALUE,
    ),
    (("com2sec",), r"(?im)^\s*com2sec6?\s+(?:-\S+\s+\S+\s+)?\S+\s+\S+\s+(?P<secret>[^\s<]+)"),
    (
        ("-pass", "-token", "-secret", "-api-key", "-auth"),
        r"(?i)\s--?(?:pass(?:word|wd|phrase)?|token|secret|api-key|auth)(?:=|\s+)[\"']?" + _VALUE,
    ),
    (
        ("mysql", "mariadb", "sshpass", "xtrabackup"),
        r"(?i)\b(?:mysql\w*|mariadb[\w-]*|sshpass|xtrabackup)\b[^\n]*?\s-p\s?(?P<secret>[^\s-][^\s]*)",
    ),
    (("redis-cli",), r"(?i)\bredis-cli\b[^\n]*?\s-a\s+(?P<secret>[^\s<]+)"),
    (("curl",), r"(?i)\bcurl\b[^\n]*?\s(?:-u|--user)\s+[\"']?[^\s:]+:(?P<secret>[^\s\"'<]+)"),
    (("://",), r"\w+://[^/\s:@]*:(?P<secret>[^@\s/<]+)@"),
    (("authorization",), r"(?i)\bauthorization:\s*(?:basic|bearer)\s+(?P<secret>[^\s<]+)"),
)


@functools.cache
def _general() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((words, re.compile(p, re.DOTALL if "BEGIN" in p else 0)) for words, p in PATTERNS)


@functools.cache
def _needed(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """A word (lower case) that every match of a pattern holds, () when none can be told.

    Most answers hold none of these words, and looking for a word is a hundred times as fast as looking for a pattern.
    """
    found: list[str] = []
    run = ""
    for kind, value in _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE):
        if kind is _parser.LITERAL:
            run += chr(value)
            continue
        if kind is _parser.SUBPATTERN and all(k is _parser.LITERAL for k, _ in value[3]):
            run += "".join(chr(v) for _, v in value[3])
            continue
        found.append(run)
        run = ""
        if kind is _parser.SUBPATTERN:
            found.append(_longest(value[3]))
    word = max((*found, run), key=len).lower().strip()
    return (word,) if len(word) >= SHORTEST_WORD and word.isascii() else ()


def _longest(sequence: Any) -> str:
    """The longest run of plain letters in a sequence that is not optional."""
    runs, run = [""], ""
    for kind, value in sequence:
        if kind is _parser.LITERAL:
            run += chr(value)
        else:
            runs.append(run)
            run = ""
    return max((*runs, run), key=len)


class Redactor:
    """Replaces secrets by fingerprints, with the general patterns and those of a pack."""

    def __init__(self, key: bytes, patterns: Iterable[re.Pattern[str]] = ()) -> None:
        self._key = key
        self._patterns = [*((_needed(p), p) for p in patterns), *_general()]

    def fingerprint(self, secret: str) -> str:
        """The mark that stands for a secret."""
        digest = hmac.new(self._key, secret.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()
        return f"<secret:{digest[:FINGERPRINT_LENGTH]}>"

    def clean(self, text: str) -> str:
        """`text` with every secret replaced; marks already there stay as they are."""
        if not text:
            return text
        lower = text.lower()
        for words, pattern in self._patterns:
            if not words or any(word in lower for word in words):
                text = pattern.sub(self._replace, text)
        return text

    def _replace(self, match: re.Match[str]) -> str:
        secret = match.group("secret")
        if not secret.strip() or secret.startswith("<secret:"):
            return match.group()
        start, end = match.start("secret") - match.start(), match.end("secret") - match.start()
        whole = match.group()
        # Keep line breaks, so that line numbers in the evidence stay those of the answer.
        breaks = "\n" * secret.count("\n")
        return whole[:start] + self.fingerprint(secret) + breaks + whole[end:]


def load_key(state: Path) -> bytes:
    """The installation's redaction key: $XUNWEI_REDACTION_KEY, else a file in the state directory, made on first use."""
    named = os.environ.get("XUNWEI_REDACTION_KEY", "")
    if named:
        return named.encode()
    path = state / "keys" / "redaction.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    temporary = secrets.token_hex(32).encode()
    with os.fdopen(fd, "wb") as stream:
        stream.write(temporary)
    return temporary
