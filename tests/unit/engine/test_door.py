"""Ending what a worker started must not trip over threads that come and go."""

from __future__ import annotations

import subprocess
import threading
import time

from xunwei.door import end_children


def test_children_end_while_threads_come_and_go() -> None:
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            threads = [threading.Thread(target=time.sleep, args=(0.0,)) for _ in range(20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    workers = [threading.Thread(target=churn) for _ in range(2)]
    for worker in workers:
        worker.start()
    child = subprocess.Popen(["sleep", "60"])
    try:
        for _ in range(300):
            end_children()
    finally:
        stop.set()
        for worker in workers:
            worker.join()
        child.kill()
    assert child.wait(5) == -9
