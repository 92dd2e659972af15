"""BMCs over IPMI 2.0: one ipmi_sim (OpenIPMI) per device, behind a UDP relay that can also be slow or silent.

Needs `ipmi_sim` and `ipmitool` (apt-get install openipmi ipmitool); the latter sets the clock of the event log, which
ipmi_sim starts at the machine's uptime. Faults are given to ipmi_sim by its console. Cipher suites: 1 to 11.
"""

from __future__ import annotations

import asyncio
import contextlib
import copy
import ctypes
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.errors import InputError
from xunwei.lab.kinds import Device, State
from xunwei.lab.kinds import ipmi_commands as commands
from xunwei.lab.kinds.ipmi_relay import Relay

USER, PASSWORD = "inspector", "lab-inspector-1"
START_SECONDS = 10.0
# The host counts as powered on while this process runs; ipmi_sim gives it a session of its own, so it watches the lab itself.
POWERED = "startcmd \"sh -c 'echo $$ > power.pid; exec tail --pid={} -f /dev/null'\"\nstartnow true"
_PR_SET_PDEATHSIG = 1

# Discrete faults: (sensor of the personality, states asserted while the fault is on), more than one sensor where they go together.
DISCRETE: dict[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    "power_failed": (("PS2 Status", (0, 1)), ("PS Redundancy", (1,))),
    "power_input_lost": (("PS2 Status", (0, 3)), ("PS Redundancy", (1,))),
    "power_missing": (("PS2 Status", ()), ("PS Redundancy", (1,))),
    "drive_fault": (("DISK1", (0, 1)),),
    "drive_predicted": (("DISK1", (0, 2)),),
    "memory_uncorrectable": (("CPU1 Memory", (1, 6)),),
    "memory_correctable": (("CPU1 Memory", (0, 6)),),
    "processor_ierr": (("CPU1 Status", (0, 7)),),
    "intrusion": (("Intrusion", (0,)),),
    "battery_low": (("RTC Battery", (0,)),),
    "watchdog_reset": (("Watchdog2", (1,)),),
    "bus_error": (("PCIe Status", (8,)),),
}
# Analog faults: (sensor, value when none is given)
ANALOG: dict[str, tuple[str, float]] = {
    "temperature_high": ("Inlet Temp", 52),
    "cpu_temperature_high": ("CPU1 Core Rem", 96),
    "fan_failed": ("FAN1 F Speed", 0),
    "voltage_low": ("SYS 12V_1", 10.15),
}
KNOWN = sorted({*DISCRETE, *ANALOG, "sel_full", "clock_wrong", "slow", "hang"})


class Bmc:
    """One simulated BMC."""

    def __init__(self, device: Device, address: str, folder: Path) -> None:
        self.device, self.address, self.folder = device, address, folder
        self.port = 0
        self.faults: State = {}
        self._console: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._last: asyncio.Task[None] | None = None  # of the changes, which are made one after the other
        self._prompts = self._sent = 0
        self._prompted = asyncio.Event()
        self._bits = {s["name"]: list(s["bits"]) for s in device.state["discrete"]}

    async def start(self, port: int) -> None:
        """Starts ipmi_sim and waits for its console; then sets the clock and the faults that are on from the start."""
        inner, console = _free(self.address, socket.SOCK_DGRAM), _free(self.address, socket.SOCK_STREAM)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        power = POWERED.format(os.getpid()) if self.device.state.get("power", True) else ""
        lan = commands.lan("bmc", self.address, inner, console, USER, PASSWORD, power=power)
        (self.folder / "lan.conf").write_text(lan, encoding="ascii")
        (self.folder / "bmc.emu").write_text(commands.emulation(self.device.state), encoding="ascii")
        with (self.folder / "ipmi_sim.log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                "ipmi_sim", "-c", "lan.conf", "-f", "bmc.emu", "-s", ".", "-n",
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_die_with_lab, start_new_session=True,
            )  # fmt: skip
        self._inner = inner
        reader, self._console = await self._connect(console)
        self._reading = asyncio.create_task(self._drain(reader))
        self.relay = Relay(self.address, inner)
        self.port = await self.relay.open(port)
        await self._tool("sel", "time", "set", "now")
        for setting, value in (self.device.state.get("lan") or {}).items():
            await self._tool("lan", "set", "1", setting, str(value), admin=True)
        for name, value in self.device.faults.items():
            self.set_fault(name, value)

    async def _connect(self, console: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        until = asyncio.get_running_loop().time() + START_SECONDS
        while True:
            try:
                return await asyncio.open_connection(self.address, console)
            except OSError:
                ended = self._process is not None and self._process.returncode is not None
                if ended or asyncio.get_running_loop().time() > until:
                    tail = (self.folder / "ipmi_sim.log").read_text("utf-8", "replace").strip().splitlines()[-1:]
                    raise InputError(f"ipmi_sim did not start: {' '.join(tail)}", where=self.device.name) from None
                await asyncio.sleep(0.05)

    def set_fault(self, name: str, value: Any) -> None:
        """On with a value, off with None or False; ValueError that names the faults there are."""
        if name not in KNOWN:
            raise ValueError(f"no fault {name!r}; known: {', '.join(KNOWN)}")
        on = value is not None and value is not False
        if name in ANALOG:
            self._analog(name, value if on else None)
        elif name in DISCRETE:
            for sensor, bits in DISCRETE[name]:
                self._discrete(sensor, bits if on else None)
        elif name == "sel_full":
            if on:
                self._change(*self._fill())
        elif name == "clock_wrong":
            self._change(tool=("sel", "time", "set", "01/01/20 08:00:00" if on else "now"))
        else:
            self._wire(name, value if on else None)
        if on:
            self.faults[name] = value
        elif self.faults.pop(name, None) is not None and not self.faults:
            self._change(tool=("sel", "clear"))  # as whoever repaired it does

    def _wire(self, name: str, value: Any) -> None:
        if name == "slow":
            self.relay.slow = 0.0 if value is None else 0.5 if value is True else float(value)
        else:
            self.relay.silent = value is not None

    def _analog(self, name: str, value: Any) -> None:
        sensor_name, wrong = ANALOG[name]
        number, sensor = self._sensor(sensor_name)
        wanted = sensor["value"] if value is None else wrong if value is True else float(value)
        self._change(commands.set_value(number, sensor, wanted))
        if name == "fan_failed":
            self._discrete("Fan Redundancy", None if value is None else (1,))

    def _discrete(self, name: str, bits: Sequence[int] | None) -> None:
        number, sensor = self._sensor(name)
        wanted = list(sensor["bits"] if bits is None else bits)
        self._change(*commands.set_bits(number, wanted, self._bits[name]))
        self._bits[name] = wanted

    def _sensor(self, name: str) -> tuple[int, State]:
        known = commands.numbered(self.device.state)
        if name not in known:
            raise ValueError(f"this personality has no sensor {name!r}")
        return known[name]

    def _fill(self) -> list[str]:
        """Informational entries (OS boot completed) until the log is full."""
        entry = f"sel_add {commands.BMC} 0x02 0 0 0 0 0x20 0 4 0x1f 0x60 0x6f 1 0xff 0xff"
        return [entry] * int(self.device.state["sel_size"])

    def _change(self, *lines: str, tool: Sequence[str] = ()) -> None:
        """Console commands or a call of ipmitool, after the changes before; clients wait at the relay until it is made."""
        before, loop = self._last, asyncio.get_running_loop()
        self.relay.hold()
        self._last = loop.create_task(self._make(before, lines, tool))
        self._last.add_done_callback(lambda _: self.relay.release())

    async def _make(self, before: asyncio.Task[None] | None, lines: Sequence[str], tool: Sequence[str]) -> None:
        if before is not None:
            await asyncio.wait([before])
        assert self._console is not None
        for line in lines:
            self._console.write(line.encode("ascii") + b"\n")
            self._sent += 1
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                while self._prompts <= self._sent:  # the first one stands before any command
                    self._prompted.clear()
                    await self._prompted.wait()
        if tool:
            await self._tool(*tool)

    async def _drain(self, reader: asyncio.StreamReader) -> None:
        """The console's echo: a prompt after every command, so that it is known when one was done."""
        while data := await reader.read(65536):
            self._prompts += data.count(b">")
            self._prompted.set()

    async def _tool(self, *words: str, admin: bool = False) -> None:
        """ipmitool as the inspector (an operator) or the administrator, straight to ipmi_sim."""
        user, password = commands.ADMIN if admin else (USER, PASSWORD)
        options = ["-I", "lanplus", "-H", self.address, "-p", str(self._inner), "-U", user, "-E", "-C", "3"]
        options += [] if admin else ["-L", "OPERATOR"]
        environment = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME")}
        environment |= {"TZ": "UTC", "IPMITOOL_PASSWORD": password}
        quiet = subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            "ipmitool", *options, *words, env=environment, stdin=quiet, stdout=quiet, stderr=quiet
        )
        if await process.wait() != 0:
            raise InputError(f"ipmitool {' '.join(words)} failed", where=self.device.name)

    def state(self) -> State:
        """What its answers are made from, and the faults that are on."""
        return copy.deepcopy({**self.device.state, "states": self._bits, "faults": self.faults})

    def info(self) -> dict[str, str]:
        """What a client needs: the cipher suite to ask for."""
        return {"asset_ipmi_cipher": "3", "transport": "udp"}

    async def close(self) -> None:
        """Ends the relay, ipmi_sim and what it started."""
        if hasattr(self, "relay"):
            self.relay.close()
        if self._last is not None:
            self._last.cancel()
        if self._reading is not None:
            self._reading.cancel()
        if self._console is not None:
            self._console.close()
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()
        with contextlib.suppress(OSError, ValueError):
            os.kill(int((self.folder / "power.pid").read_text(encoding="ascii")), signal.SIGKILL)


def available() -> str:
    """'' when BMCs can be served here, else what is missing."""
    missing = [program for program in ("ipmi_sim", "ipmitool") if shutil.which(program) is None]
    return f"{' and '.join(missing)} not installed (apt-get install openipmi ipmitool)" if missing else ""


async def start(devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path) -> dict[str, Bmc]:
    """All devices of this kind, at once. Raises InputError when the programs are not installed."""
    missing = available()
    if missing:
        raise InputError(missing, where="lab devices of kind ipmi")
    servers = {d.name: Bmc(d, address, folder / "ipmi" / d.name) for d in devices}
    try:
        await asyncio.gather(*(server.start(ports.get(name, 0)) for name, server in servers.items()))
    except BaseException:
        for server in servers.values():
            await server.close()
        raise
    return servers


def _free(address: str, kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def _die_with_lab() -> None:
    """In the child: end when the lab's process ends, however it does (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


_prctl: Callable[..., int] = ctypes.CDLL(None, use_errno=True).prctl
