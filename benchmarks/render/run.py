"""CPU seconds and memory of each report format, each in a process of its own: `python benchmarks/render/run.py`.

Prints N, the median and the range, and as a measure of the machine the time to read and write the same data as JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"html": 2.0, "xlsx": 2.0, "pdf": 8.0, "docx": 8.0, "json": 2.0}  # CPU seconds, 100 assets × 100 rules


def work(run: Path, out: Path, name: str) -> None:
    """Make one format (or the JSON floor) and print CPU seconds and peak memory in MB."""
    if name == "floor":
        for path in sorted(run.rglob("*.json")):
            json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False, indent=1)
    else:
        from xunwei.render import render

        render(run, [name], "zh", out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": time.process_time(), "peak": peak}))


def measure(run: Path, out: Path, name: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--work", name, "--run", str(run), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=300)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=100)
    parser.add_argument("--rules", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", default="")
    parser.add_argument("--run", type=Path, default=Path())
    parser.add_argument("--out", type=Path, default=Path())
    arg = parser.parse_args()
    if arg.work:
        work(arg.run, arg.out, arg.work)
        return
    sys.path.insert(0, str(ROOT / "tests"))
    from golden.make_run import make_run

    with TemporaryDirectory(prefix="xunwei-bench-") as folder:
        run = make_run(Path(folder) / "run", arg.assets, arg.rules)
        names = ["floor", *LIMITS]
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for _ in range(arg.rounds):  # interleaved, so that a busy moment does not hit one format only
            for name in names:
                taken[name].append(measure(run, Path(folder) / "out", name))
        report(taken, arg.assets, arg.rules, Path(folder) / "out")


def report(taken: dict[str, list[dict[str, float]]], assets: int, rules: int, out: Path) -> None:
    floor = statistics.median(row["cpu"] for row in taken["floor"])
    print(f"{assets} assets × {rules} rules, N = {len(taken['floor'])} rounds, CPU seconds with start and imports")
    print(f"{'format':8}{'median':>8}{'range':>16}{'× JSON':>8}{'peak MB':>9}{'KB':>8}{'limit':>7}")
    for name, rows in taken.items():
        cpu = sorted(row["cpu"] for row in rows)
        median, peak = statistics.median(cpu), max(row["peak"] for row in rows)
        size = (out / f"report.{name}").stat().st_size / 1024 if name in LIMITS else 0
        limit = f"{LIMITS[name]:.0f}" if name in LIMITS else ""
        spread = f"{cpu[0]:.2f}–{cpu[-1]:.2f}"
        print(f"{name:8}{median:8.2f}{spread:>16}{median / floor:8.1f}{peak:9.0f}{size:8.0f}{limit:>7}")


if __name__ == "__main__":
    main()
