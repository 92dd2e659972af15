"""The lab for tests: the same devices, on free ports, in a background thread."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from xunwei.lab import content
from xunwei.lab.content import DeviceSpec, State
from xunwei.lab.estate import ADDRESS, Estate

T = TypeVar("T")


@dataclass(frozen=True)
class LabDevice:
    name: str
    port: int
    personality: str
    address: str = ADDRESS


@dataclass(frozen=True)
class Sessions:
    """What a device has seen: TCP connections, accepted logins, refused ones, open sessions, commands as typed."""

    connections: int
    logins: int
    refused: int
    open: int
    commands: list[str]


class Lab:
    """A running lab as context manager.

    `names`: only these devices of the definition. `state`: device name → overrides of its state. `faults`:
    device name → fault →
    value, on from the start. `specs` replaces the definition. `folder` keeps keys; default a temporary one.
    """

    user, password = "inspector", "lab-inspector-1"

    def __init__(
        self,
        names: Iterable[str] | None = None,
        *,
        definition: Path = content.DEFINITION,
        personalities: Path = content.PERSONALITIES,
        specs: list[DeviceSpec] | None = None,
        state: Mapping[str, State] | None = None,
        faults: Mapping[str, State] | None = None,
        folder: Path | None = None,
    ) -> None:
        chosen = specs if specs is not None else content.load_lab(definition, personalities, names)
        self._specs = [_changed(s, (state or {}).get(s.name), (faults or {}).get(s.name)) for s in chosen]
        self._keep = folder
        self._temporary: str | None = None
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self.devices: dict[str, LabDevice] = {}

    def __enter__(self) -> Self:
        if self._keep is None:
            self._temporary = tempfile.mkdtemp(prefix="xunwei-lab-")
        folder = self._keep or Path(str(self._temporary))
        self._estate = Estate(self._specs, folder / "lab", 0)
        self._thread = threading.Thread(target=self._loop.run_forever, name="xunwei-lab", daemon=True)
        self._thread.start()
        try:
            self._wait(self._estate.start())
        except BaseException:
            self._stop()
            raise
        self.devices = {n: LabDevice(n, p, self._estate.specs[n].personality) for n, p in self._estate.ports().items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._wait(self._estate.close())
        finally:
            self._stop()

    def _stop(self) -> None:
        self._wait(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(10)
        self._loop.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _call(self, function: Callable[[], T]) -> T:
        async def run() -> T:
            return function()

        result: T = self._wait(run())
        return result

    # -- what tests use ------------------------------------------------------------------------------------------------

    @property
    def known_hosts(self) -> Path:
        return self._estate.folder / "known_hosts"

    @property
    def client_key(self) -> Path:
        """Private key that logs `inspector` in on every SSH device."""
        return self._estate.folder / "id_ed25519"

    def fault(self, device: str, name: str, value: Any = True) -> None:
        self._call(lambda: self._estate.fault(device, name, value))

    def state(self, device: str) -> State:
        return self._call(lambda: self._estate.state(device))

    def sessions(self, device: str) -> Sessions:
        seen = self._call(lambda: self._estate.journal(device))
        commands = [line for _, line in seen.pop("commands")]
        return Sessions(**seen, commands=commands)


def _changed(spec: DeviceSpec, state: State | None, faults: State | None) -> DeviceSpec:
    return replace(spec, state=content.merge(spec.state, state or {}), faults=spec.faults | (faults or {}))
