"""The lock a running lab holds, and socket paths of any length."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


def lock(folder: Path) -> int | None:
    """An open descriptor that holds the lab's lock, None when another process has it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


@contextlib.contextmanager
def short_path(folder: Path, name: str) -> Iterator[str]:
    """A path to `folder/name` that fits a socket address (108 bytes), whatever the folder's length."""
    if len(os.fsencode(folder / name)) < 100 or not Path("/proc/self/fd").is_dir():
        yield str(folder / name)
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{name}"
    finally:
        os.close(descriptor)
