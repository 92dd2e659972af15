"""The lab from a command line: `python tests/containers/lab.py ACTION` (Molecule's create and destroy call it).

`up NAME=IMAGE …` starts hosts; `plant [NAME]` puts faults and secrets on all of them, and in NAME's database; `down`
removes everything of this XUNWEI_TEST_ID; `show` prints where they are, as JSON; `freeze NAME` stops every process of a
host while its connections stay open, `thaw NAME` lets it go on; `exec NAME CMD …` runs a command as root on it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.containers.plant import plant

from xunwei.lab.containers import Lab, LabError, Spec


def run(action: str, words: list[str]) -> None:
    """One action; raises LabError."""
    if action == "up":
        Lab().up([Spec(*pair.split("=", 1)) for pair in words])
    elif action == "down":
        Lab().close()
    elif action == "plant":
        plant(Lab.attach(), *words)
    elif action == "show":
        print(json.dumps({name: asdict(host) for name, host in Lab.attach().hosts.items()}, indent=1))
    else:
        host = Lab.attach().hosts[words[0]]
        if action == "exec":
            print(host.exec(*words[1:]), end="")
        else:
            {"freeze": host.pause, "thaw": host.resume}[action]()


def main() -> int:
    """Exit 0, 4 when something must be installed or allowed first, 1 for anything else; one line on stderr."""
    parser = argparse.ArgumentParser(description="start and remove the lab's hosts")
    parser.add_argument("action", choices=("up", "plant", "down", "show", "freeze", "thaw", "exec"))
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="WORD")
    options = parser.parse_args()
    try:
        run(options.action, options.words)
    except LabError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
