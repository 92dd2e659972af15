"""Write files so that a reader sees the old content, the new one, or none: never half."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from xunwei.errors import EvidenceError


def write_bytes(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write through a temporary name in the same folder. Raises OSError (disk full, …) leaving the old file."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(fd, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def dumps(data: Any) -> bytes:
    """The one JSON form of everything kept: UTF-8, sorted keys, one line per entry, newline at the end.

    One line per entry can be read and compared by people; json's own `indent` costs five times as much.
    """
    return (_lines(data) + "\n").encode("utf-8", "surrogatepass")


def _lines(data: Any) -> str:
    if isinstance(data, dict) and data:
        entries = (f"{_compact(str(k))}: {_rows(data[k])}" for k in sorted(data, key=str))
        return "{\n" + ",\n".join(entries) + "\n}"
    return _rows(data)


def _rows(data: Any) -> str:
    if isinstance(data, list) and data and isinstance(data[0], dict | list):
        return "[\n" + ",\n".join(_compact(row) for row in data) + "\n]"
    return _compact(data)


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def write_json(path: Path, data: Any) -> None:
    """Write `data` as JSON, whole or not at all."""
    write_bytes(path, dumps(data))


def read_json(path: Path) -> Any:
    """Read a kept JSON file. Raises EvidenceError naming it."""
    try:
        return json.loads(path.read_bytes())
    except OSError as exc:
        raise EvidenceError(f"cannot be read: {exc.strerror}", where=str(path)) from None
    except ValueError as exc:
        raise EvidenceError(f"is not JSON: {exc}", where=str(path)) from None


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
