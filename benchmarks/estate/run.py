"""Benchmark: what does inspecting many network devices cost beside an asyncssh client that does the same dialogues?

Usage: python benchmarks/estate/run.py [--devices 72] [--think 40] [--rounds 3]
Every way asks the same simulated devices the same commands, 40 ms of thought for each. The floor keeps nothing and
judges nothing. Ratios inside one run only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "src")]

from xunwei import pack as packs  # noqa: E402
from xunwei.lab import control  # noqa: E402

KINDS = {  # personality: platform, class, variant
    "vrp5": ("huawei_vrp", "switch", "5"),
    "vrp8": ("huawei_vrp", "switch", "8"),
    "comware7": ("hp_comware", "switch", ""),
    "usg": ("huawei_vrp", "firewall", "5"),
}
PINNED = "curve25519-sha256"
CLIENTS = Path(__file__).resolve().parent / "clients.py"


def plan(count: int) -> list[dict[str, str]]:
    """The devices: name, personality, platform, class, variant."""
    rows = []
    for number in range(count):
        personality = list(KINDS)[number % len(KINDS)]
        platform, asset_class, variant = KINDS[personality]
        rows.append(
            {"name": f"dev-{number:03d}", "personality": personality, "platform": platform}
            | {"class": asset_class, "variant": variant}
        )
    return rows


def commands(row: dict[str, str]) -> list[str]:
    """What the product asks such a device (of `a || b` the first)."""
    pack = packs.load(row["platform"])
    wanted = [s for s in pack.sections.values() if s.is_for(row["class"], row["variant"])]
    return [ask.split(" || ")[0] for section in wanted for ask in section.asks]


def start_lab(rows: list[dict[str, str]], think: int, folder: Path) -> dict[str, int]:
    """The lab with every device thinking `think` ms per command; {device: port}."""
    lines = [
        json.dumps({"name": r["name"], "personality": r["personality"], "offset": i, "faults": {"think_ms": think}})
        for i, r in enumerate(rows, start=1)
    ]
    definition = folder / "lab.yml"
    definition.write_text("devices:\n" + "".join(f"  - {line}\n" for line in lines), encoding="utf-8")
    ports: dict[str, int] = control.start(folder / "state", 0, definition=definition)["ports"]
    return ports


def inventory(rows: list[dict[str, str]], ports: dict[str, int], folder: Path) -> Path:
    """The same devices as an inventory of the product."""
    hosts = {
        r["name"]: {"ansible_port": ports[r["name"]], "asset_platform": r["platform"], "asset_class": r["class"]}
        | {"asset_variant": r["variant"]}
        for r in rows
    }
    known = folder / "state" / "lab" / "known_hosts"
    common = {
        "ansible_host": "127.0.0.1", "ansible_user": "inspector", "ansible_password": "lab-inspector-1",
        "ansible_ssh_common_args": f"-o UserKnownHostsFile={known}", "inspection_gate": "never",
        "inspection_gate_coverage": "off",
    }  # fmt: skip
    path = folder / "hosts.json"
    path.write_text(json.dumps({"all": {"hosts": hosts, "vars": common}}), encoding="utf-8")
    return path


def measured(way: str, command: list[str], folder: Path) -> tuple[float, float, float] | None:
    """(wall seconds, CPU seconds of the command and its children, peak MB of its largest process).

    None, said on stderr, when the way lost an answer: its figure would mean nothing.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "XUNWEI_STATE": str(folder / "state"), "PYTHONPATH": str(REPOSITORY / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=REPOSITORY)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        print(f"{way}: exit {done.returncode}: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--devices", type=int, default=72)
    parser.add_argument("--think", type=int, default=40, help="milliseconds a device thinks about each command")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = plan(options.devices)
    with tempfile.TemporaryDirectory(prefix="xunwei-bench-") as name:
        folder = Path(name)
        (folder / "state").mkdir(mode=0o700)
        ports = start_lab(rows, options.think, folder)
        try:
            dialogues = [{"port": ports[r["name"]], "commands": commands(r), **r} for r in rows]
            (folder / "dialogues.json").write_text(json.dumps(dialogues), encoding="utf-8")
            hosts = inventory(rows, ports, folder)
            client = [sys.executable, str(CLIENTS)]
            tool = str(Path(sys.executable).with_name("xunwei"))
            words = ["inspect", "-i", str(hosts), "--json"]
            ways: dict[str, Callable[[], list[str]]] = {
                "asyncssh, all at once (floor)": lambda: [*client, "asyncssh", str(folder)],
                "netmiko, a thread each": lambda: [*client, "netmiko", str(folder)],
                "xunwei inspect, no reports": lambda: [tool, *words, "--skip-tags", "report"],
                "xunwei inspect, five reports": lambda: [tool, *words],
            }
            costs: dict[str, list[tuple[float, float, float]]] = {}
            for _ in range(options.rounds):
                for way, command in ways.items():
                    cost = measured(way, command(), folder)
                    if cost is not None:
                        costs.setdefault(way, []).append(cost)
        finally:
            control.stop(folder / "state")
    print(table(costs, options, sum(len(commands(r)) for r in rows)))
    return 0


def table(costs: dict[str, list[tuple[float, float, float]]], options: argparse.Namespace, asked: int) -> str:
    """Medians with their ranges, and the ratio to the floor."""
    floor = statistics.median(c[0] for c in next(iter(costs.values())))
    lines = [
        f"{options.devices} devices, {asked} commands, {options.think} ms each; median of {options.rounds} (range)",
        "| way | wall s | x floor | CPU s | largest process MB |",
        "|---|---|---|---|---|",
    ]
    for way, rows in costs.items():
        walls = [r[0] for r in rows]
        wall, cpu, peak = (statistics.median(r[i] for r in rows) for i in range(3))
        spread = f"{min(walls):.1f}-{max(walls):.1f}"
        lines.append(f"| {way} | {wall:.1f} ({spread}) | {wall / floor:.2f} | {cpu:.1f} | {peak:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
