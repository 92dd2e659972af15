"""The lab as a process of its own: `python -m xunwei.lab.server`. Started and stopped through `xunwei.lab.control`.

It holds a lock on `lab/lock` as long as it lives, answers JSON lines on the UNIX socket `lab/control.sock`, and
ends on the
request `stop`, on SIGTERM, or when its lifetime is over.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Any

from xunwei.errors import InputError
from xunwei.lab import content
from xunwei.lab.estate import Estate, answer
from xunwei.lab.lockfile import lock, short_path

log = logging.getLogger(__name__)
LONGEST_REQUEST = 1 << 20


async def control(estate: Estate, stop: asyncio.Event, folder: Path) -> asyncio.Server:
    """The control socket, mode 0600."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.LimitOverrunError, ValueError):
            while line := await reader.readline():
                writer.write(json.dumps(_handle(estate, stop, line), ensure_ascii=False).encode() + b"\n")
                await writer.drain()
        writer.close()

    (folder / "control.sock").unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        with short_path(folder, "control.sock") as path:
            return await asyncio.start_unix_server(serve, path, limit=LONGEST_REQUEST)
    finally:
        os.umask(before)


def _handle(estate: Estate, stop: asyncio.Event, line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        if not isinstance(request, dict):
            raise InputError("a request is a JSON object")
        if request.get("op") == "stop":
            stop.set()
            return {"ok": True, "result": None}
        return {"ok": True, "result": answer(estate, request)}
    except InputError as err:
        return {"ok": False, "error": str(err)}
    except (ValueError, RecursionError) as err:
        return {"ok": False, "error": f"not a JSON request: {err}"}


async def run(specs: list[content.DeviceSpec], folder: Path, base: int, lifetime: float, ready: int) -> None:
    """Serves until stopped. `ready`: descriptor that gets one JSON line: {"ok": true, "ports": …} or {"error": …}."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    estate = Estate(specs, folder, base)
    starting, stopped = asyncio.ensure_future(estate.start()), asyncio.ensure_future(stop.wait())
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():  # told to stop while still starting
        starting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await starting
        return
    await starting
    server = await control(estate, stop, folder)
    try:
        (folder / "pid").write_text(f"{os.getpid()}\n", encoding="ascii")
        _say(
            ready,
            {
                "ok": True,
                "ports": estate.ports(),
                "reach": estate.reachable(),
                "left_out": estate.left_out,
                "pid": os.getpid(),
            },
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), lifetime)
    finally:
        server.close()
        await estate.close()
        for name in ("control.sock", "pid"):
            (folder / name).unlink(missing_ok=True)


def _say(descriptor: int, message: dict[str, Any]) -> None:
    if descriptor >= 0:
        with contextlib.suppress(OSError):
            os.write(descriptor, json.dumps(message).encode() + b"\n")
        os.close(descriptor)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="xunwei.lab.server", description=__doc__)
    parser.add_argument("--state-dir", type=Path, required=True)
    parser.add_argument("--base", type=int, required=True)
    parser.add_argument("--hours", type=float, default=12.0)
    parser.add_argument("--ready-fd", type=int, default=-1)
    parser.add_argument("--definition", type=Path, default=content.DEFINITION)
    parser.add_argument("--personalities", type=Path, default=content.PERSONALITIES)
    parser.add_argument("--detach", action="store_true", help="leave the caller's process: fork and return")
    options = parser.parse_args(arguments)
    if options.detach and os.fork():
        return 0
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # clients that hang up are no news
    folder: Path = options.state_dir / "lab"
    held = lock(folder)
    if held is None:
        _say(options.ready_fd, {"ok": False, "error": "the lab is already running", "running": True})
        return 4
    try:
        specs = content.load_lab(options.definition, options.personalities)
        asyncio.run(run(specs, folder, options.base, options.hours * 3600, options.ready_fd))
    except InputError as err:
        _say(options.ready_fd, {"ok": False, "error": str(err)})
        return err.exit_code
    finally:
        os.close(held)
    return 0


if __name__ == "__main__":
    sys.exit(main())
