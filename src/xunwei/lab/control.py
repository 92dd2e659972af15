"""Starting, stopping and steering the lab from the command line.

Needs Linux (/proc) to tell its own process from others.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import xunwei
from xunwei.errors import InputError, RefusedError
from xunwei.lab.lockfile import lock, short_path

DEFAULT_BASE = 22200  # below the ports a system gives to outgoing connections (32768 and up on Linux)
START_SECONDS = 120.0  # hosts in containers boot; the process says at once when it fails
STOP_SECONDS = 10.0


def base_port(given: int | None = None) -> int:
    """The base of the ports: as given, else XUNWEI_LAB_BASE, else 22200. InputError when it is no port below 65000."""
    text = str(given) if given is not None else os.environ.get("XUNWEI_LAB_BASE", "") or str(DEFAULT_BASE)
    if not (text.isascii() and text.isdecimal() and (int(text) == 0 or 1024 <= int(text) <= 65000)):
        raise InputError(f"the lab's base port must be 0 or 1024 to 65000, not {text!r}", hint="XUNWEI_LAB_BASE")
    return int(text)


def start(
    state_dir: Path,
    base: int | None = None,
    *,
    hours: float = 12.0,
    definition: Path | None = None,
    personalities: Path | None = None,
) -> dict[str, Any]:
    """Starts the lab in the background: {pid, ports, known_hosts, client_key}. All ports answer when this returns.

    `definition`, `personalities`: another lab than the shipped one. `hours`: the lab ends by itself after that time.
    RefusedError when it runs already; InputError for a port in use (named) or when it is not up within START_SECONDS.
    """
    state_dir = state_dir.resolve()
    folder = state_dir / "lab"
    first = base_port(base)
    held = lock(folder)
    if held is None:
        raise RefusedError(f"the lab is already running (process {_pid(folder) or 'unknown'})", where=str(folder))
    os.close(held)
    reader, writer = os.pipe()
    try:
        options = [
            "--state-dir",
            str(state_dir),
            "--base",
            str(first),
            "--hours",
            str(hours),
            "--ready-fd",
            str(writer),
        ]
        for option, path in (("--definition", definition), ("--personalities", personalities)):
            options += [option, str(path.resolve())] if path else []
        _spawn(folder, options, writer)
    finally:
        os.close(writer)
    try:
        message = _first_line(reader, folder)
    finally:
        os.close(reader)
    if not message.get("ok"):
        error = RefusedError if message.get("running") else InputError
        raise error(f"the lab did not start: {message.get('error')}")
    for name, port in message["reach"].items():
        _reach(name, port)
    return {"pid": message["pid"], "ports": message["ports"], "left_out": message["left_out"], **_files(folder)}


def _spawn(folder: Path, options: list[str], writer: int) -> None:
    source = str(Path(xunwei.__file__).resolve().parent.parent)  # the new process runs this same code
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    with (folder / "log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "xunwei.lab.server", "--detach", *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(writer,),
            cwd="/",
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
    if done.returncode:
        raise InputError("the lab's process could not be started", where=str(folder / "log"))


def _first_line(reader: int, folder: Path) -> dict[str, Any]:
    """The line the new process sends when it is ready or has failed."""
    data, deadline = b"", time.monotonic() + START_SECONDS
    while not data.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(reader, 65536) if ready else b""
        if not ready:
            _end(folder)
            raise InputError(f"the lab was not up after {START_SECONDS:.0f} seconds", where=str(folder / "log"))
        if not chunk:
            raise InputError(f"the lab's process ended while starting: {_last_line(folder)}", where=str(folder / "log"))
        data += chunk
    message: dict[str, Any] = json.loads(data)
    return message


def _last_line(folder: Path) -> str:
    with contextlib.suppress(OSError):
        lines = (folder / "log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"
    return "no message"


def _reach(name: str, port: int) -> None:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as err:
        raise InputError(f"port {port} does not answer: {err.strerror or err}", where=name) from None


# -- the running process -----------------------------------------------------------------------------------------------


def _running(folder: Path) -> bool:
    if not (folder / "lock").exists():
        return False
    held = lock(folder)
    if held is None:
        return True
    os.close(held)
    return False


def _pid(folder: Path) -> int | None:
    """The process that runs the lab of this folder, checked by its command line; None when there is none."""
    try:
        pid = int((folder / "pid").read_text(encoding="ascii"))
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    ours = b"xunwei.lab.server" in words and os.fsencode(folder.parent) in words
    return pid if ours else None


def _end(folder: Path) -> None:
    pid = _pid(folder)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def stop(state_dir: Path) -> dict[str, Any]:
    """Ends the lab: {pid}.

    Keys stay. RefusedError when it does not run (left-over files are removed) or does not end.
    """
    folder = state_dir.resolve() / "lab"
    if not _running(folder):
        for name in ("pid", "control.sock"):
            (folder / name).unlink(missing_ok=True)
        raise RefusedError("the lab is not running", where=str(folder))
    pid = _pid(folder)
    if pid is None:
        raise RefusedError("the lab is running, but its process cannot be told from others", where=str(folder / "pid"))
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _running(folder):
        if time.monotonic() > deadline:
            raise RefusedError(f"process {pid} does not end", where=str(folder))
        time.sleep(0.02)
    return {"pid": pid}


def status(state_dir: Path) -> dict[str, Any]:
    """{running, pid, known_hosts, client_key, devices: {name: {address, port, personality, faults, logins, open}}}."""
    folder = state_dir.resolve() / "lab"
    devices = None
    deadline = time.monotonic() + 2  # a lab that is just coming or going holds its lock but does not answer
    while devices is None:
        if not _running(folder):
            return {"running": False, "pid": None, "devices": {}}
        try:
            devices = request(state_dir, op="status")
        except RefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    return {"running": True, "pid": _pid(folder), **_files(folder), "devices": devices}


def _files(folder: Path) -> dict[str, str]:
    return {"known_hosts": str(folder / "known_hosts"), "client_key": str(folder / "id_ed25519")}


def fault(state_dir: Path, device: str, name: str, value: Any = True) -> None:
    """Switches a fault of a running device.

    InputError for an unknown device, fault or value; RefusedError when not running.
    """
    request(state_dir, op="fault", device=device, name=name, value=value)


def request(state_dir: Path, **fields: Any) -> Any:
    """Sends one request to the control socket and returns its result."""
    folder = state_dir.resolve() / "lab"
    if not _running(folder):
        raise RefusedError("the lab is not running", where=str(folder))
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, short_path(folder, "control.sock") as path:
            channel.settimeout(10)
            channel.connect(path)
            channel.sendall(json.dumps(fields).encode() + b"\n")
            with channel.makefile("rb") as lines:
                message = json.loads(lines.readline())
    except (OSError, ValueError) as err:
        raise RefusedError(f"the lab does not answer: {err}", where=str(folder)) from None
    if not message.get("ok"):
        raise InputError(str(message.get("error")))
    return message.get("result")
