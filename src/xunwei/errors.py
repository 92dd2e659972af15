"""Errors a user can cause or must act on. Each prints as one line: what, where, what to do."""

from __future__ import annotations


class XunweiError(Exception):
    """Base of every error with a message meant for people. `exit_code` is the process's exit code."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = " ".join(what.split())
        self.where = where
        self.hint = " ".join(hint.split())
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.hint:
            parts.append(f"({self.hint})")
        return " ".join(parts)


class InputError(XunweiError):
    """Bad input: a file, an option, an inventory variable. Nothing was done."""

    exit_code = 4


class RefusedError(XunweiError):
    """The tool will not do it: a lock is held, a run is not sealed, a gate says no."""

    exit_code = 4


class PackError(InputError):
    """A platform pack (sections, rules, parser) is not well formed."""


class EvidenceError(XunweiError):
    """Kept evidence is missing, altered or not signed as it should be."""

    exit_code = 1
