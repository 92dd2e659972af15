"""pyinfra: the same script as a fact, its answer written to one file per host."""

import os
from pathlib import Path

from pyinfra import host
from pyinfra.facts.server import Command

answer = host.get_fact(Command, Path(os.environ["BENCH_SCRIPT"]).read_text())
Path(f"{host.name}.out").write_text(answer if isinstance(answer, str) else "\n".join(answer or []))
