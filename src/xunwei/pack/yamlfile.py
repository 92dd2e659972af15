"""Read a YAML file that people wrote: every problem is one line with file and place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from xunwei.errors import InputError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> Any:
    """The parsed content of `path`. Raises InputError (unreadable, not UTF-8, not YAML)."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as exc:
        raise InputError(f"cannot be read: {exc.strerror}", where=str(path)) from None
    except UnicodeDecodeError as exc:
        raise InputError(f"is not UTF-8 (byte {exc.start})", where=str(path)) from None
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise InputError(f"is not YAML: {getattr(exc, 'problem', None) or exc}", where=where) from None


def validate(data: Any, schema: dict[str, Any], path: Path) -> None:
    """Check `data` against a JSON schema. Raises InputError naming the first offending place."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(schema)
    error = jsonschema.exceptions.best_match(validator.iter_errors(data))
    if error is None:
        return
    place = _place(data, list(error.absolute_path))
    raise InputError(f"{place}: {error.message[:200]}", where=str(path))


def _place(data: Any, steps: list[Any]) -> str:
    """`[3] linux.load.high: limits.warn`: the entry's id or name beside its index, since people search by name."""
    words: list[str] = []
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        if isinstance(step, int):
            name = (data.get("id") or data.get("name")) if isinstance(data, dict) else None
            words.append(f"[{step + 1}] {name}:" if name else f"[{step + 1}]")
        else:
            words.append(str(step))
    return " ".join(words) or "top level"
