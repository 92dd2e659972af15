"""CPU of judging: a run of N hosts parsed and judged again, and verdicts per second: `python benchmarks/evaluate/run.py`.

The hosts are copies of this machine's own answers, collected once by the product's script on a local shell. Prints medians
and ranges of CPU seconds; as a measure of the machine also the time to read the same answers as JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import secrets
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.flow.conclude import assess
from xunwei.model import Answer, Asset
from xunwei.parse.engine import parse
from xunwei.record.store import FolderStore, read_answers
from xunwei.words import Status


def answers() -> list[Answer]:
    """This machine's answers."""
    pack, mark = packs.load("linux"), secrets.token_hex(12)
    part = shell.Part("host", pack.script(), list(pack.sections.values()))
    script = shell.build([part], mark=mark, since=0, limit=90)
    done = subprocess.run(["/bin/sh", "-s"], input=script, capture_output=True, timeout=120, check=True)
    now = dt.datetime.now(dt.UTC)
    return shell.split(done.stdout.decode("utf-8", "surrogateescape"), [part], mark=mark, now=now)["host"]


def make_run(state: Path, hosts: int) -> Path:
    """A run folder with `hosts` copies of it."""
    store, rows = FolderStore(state), answers()
    assets = [Asset(f"host-{n}", "linux", "server") for n in range(hosts)]
    store.open_run(
        "bench",
        {"run_id": "bench", "started": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
        | {"waivers": [], "timezone": "UTC"},
    )
    store.put("bench", "expected.json", [a.as_json() for a in assets])
    for asset in assets:
        store.put_answers("bench", asset, rows)
    return store.folder("bench")


def cpu(work: object, rounds: int) -> tuple[float, float, float]:
    """Median, least and most CPU seconds of calling `work`."""
    assert callable(work)
    found = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return statistics.median(found), min(found), max(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = make_run(Path(folder), options.hosts)
        header = json.loads((run / "open.json").read_text(encoding="utf-8"))
        whole = cpu(lambda: assess(run, header), options.rounds)
        read = cpu(lambda: list(read_answers(run)), options.rounds)
        [(asset, rows), *_] = read_answers(run)
    pack = packs.load("linux")
    rules = compile_rules(pack)
    views = {}
    for row in rows:
        status, facts, reason = row.status, None, row.reason
        if status in (Status.COLLECTED, Status.EMPTY):
            status, facts, reason = parse(pack, row.section, row.raw)
        views[row.section] = SectionView(status, facts, reason, row.ask, row.started, row.raw)
    judge(asset, views, rules, 0.0)
    judged = cpu(lambda: [judge(asset, views, rules, 0.0) for _ in range(50)], options.rounds)
    print(f"N = {options.hosts} hosts × {len(rules)} rules, {options.rounds} rounds, CPU seconds: median (range)")
    print(f"read the answers        {read[0]:6.2f} ({read[1]:.2f}-{read[2]:.2f})")
    print(
        f"parse and judge the run {whole[0]:6.2f} ({whole[1]:.2f}-{whole[2]:.2f})   {whole[0] / read[0]:.1f} × reading"
    )
    print(f"verdicts per second     {50 * len(rules) / judged[0]:,.0f} (judging alone, one core)")
    print(f"peak memory             {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
