"""Kinds of simulated devices: one module each, all devices of a kind started by one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

State = dict[str, Any]


@dataclass(frozen=True)
class Device:
    """A device to start. `path`: its personality's folder; `state`: device.yml with the lab's overrides merged in."""

    name: str
    personality: str
    path: Path
    state: State
    faults: State = field(default_factory=dict)


class Server(Protocol):
    """A running device."""

    port: int

    def set_fault(self, name: str, value: Any) -> None:
        """On with a value, off with None or False. Raises ValueError that names the known faults for any other name."""

    def state(self) -> State:
        """What its answers are made from, as plain data."""

    def info(self) -> dict[str, str]:
        """What a client needs to know: certificate, community …"""

    async def close(self) -> None:
        """Stop serving; ends every process that was started for it."""


class Start(Protocol):
    """`start` of a kind's module."""

    async def __call__(
        self, devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
    ) -> Mapping[str, Server]: ...
