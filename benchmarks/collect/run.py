"""Benchmark: how much more than plain OpenSSH does asking N hosts cost? Ratios inside one run; see README.md.

Usage (as root, with podman): python benchmarks/collect/run.py --hosts 10,40 --rounds 3
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "src")]

from benchmarks.collect import measure, targets  # noqa: E402
from benchmarks.collect.ways import Way, script, ways  # noqa: E402

from xunwei.lab.containers import Lab, LabError, Spec, test_id  # noqa: E402

NOISE = 0.25


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hosts", default="10,40", help="numbers of hosts, separated by commas (default 10,40)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each way, interleaved (default 3)")
    parser.add_argument("--whole", action="store_true", help="also the whole inspection with its reports")
    parser.add_argument("--no-tasks", action="store_true", help="leave out the slow one-task-per-question way")
    return parser.parse_args()


def measure_all(there: targets.Targets, options: argparse.Namespace, smallest: bool) -> dict[str, list[measure.Cost]]:
    """Rounds interleaved, so that a slow minute of the machine meets every way. A way that loses a host is left out."""
    (there.folder / "script").write_bytes(script())
    group = targets.cpu_group(there.host)
    costs: dict[str, list[measure.Cost]] = {}
    for turn in range(options.rounds):
        for way in ways(options.whole):
            if way.slow and (turn or not smallest or options.no_tasks):
                continue
            cost = once(way, there, group)
            if cost is not None:
                costs.setdefault(way.name, []).append(cost)
    return costs


def once(way: Way, there: targets.Targets, group: Path | None) -> measure.Cost | None:
    with tempfile.TemporaryDirectory(prefix="xunwei-bench-") as name:
        folder = Path(name)
        cost = measure.run(way.command(there, folder), way.environment(there, folder), folder, group)
        found = way.answers(folder)
    if cost.code != 0 or found != there.count:
        print(f"{way.name}: exit {cost.code}, {found} of {there.count} hosts answered:\n{cost.tail}", file=sys.stderr)
        return None
    return cost


def table(count: int, costs: dict[str, list[measure.Cost]]) -> str:
    """Markdown: medians, the range of the wall time, the ratio to the first way (the floor)."""
    lines = [
        f"\n### {count} hosts\n",
        "| way | rounds | wall s (range) | × floor | CPU s | CPU ms per host | target CPU s per host | foreign |",
        "|---|---|---|---|---|---|---|---|",
    ]
    floor = None
    for name, rows in costs.items():
        walls = [row.wall for row in rows]
        wall, cpu = statistics.median(walls), statistics.median(row.cpu for row in rows)
        floor = floor or wall
        target = statistics.median(row.target_cpu for row in rows) / count
        foreign = statistics.median(row.foreign for row in rows)
        spread = f"{wall:.2f} ({min(walls):.2f}–{max(walls):.2f})"
        figures = f"{wall / floor:.2f} | {cpu:.2f} | {1000 * cpu / count:.0f} | {target:.2f} | {foreign:.0%}"
        lines.append(f"| {name} | {len(rows)} | {spread} | {figures} |")
    noisy = max(row.foreign for rows in costs.values() for row in rows)
    if noisy > NOISE:
        lines.append(f"\nOthers used up to {noisy:.0%} of this machine meanwhile: do not trust the wall times.")
    return "\n".join(lines)


def main() -> int:
    options = arguments()
    numbers = sorted(int(word) for word in options.hosts.split(","))
    lab = Lab(f"bench-{test_id()}")
    try:
        host = lab.start(Spec("bench", "deb12"))
        with tempfile.TemporaryDirectory(prefix="xunwei-bench-") as work:
            for count in numbers:
                there = targets.start(host, count, Path(work) / str(count))
                print(table(count, measure_all(there, options, count == numbers[0])), flush=True)
    except LabError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    finally:
        lab.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
