"""The ways of asking N hosts that are compared. Each must leave one answer per host, or its figure is not printed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.collect.targets import Targets

from xunwei import pack as packs
from xunwei.collect import shell

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FORKS = 50
MARK = "benchmark0benchmark0mark"


@dataclass(frozen=True)
class Way:
    """One way: the command for a run in an empty folder, its environment, and how many answers it left there."""

    name: str
    command: Callable[[Targets, Path], list[str]]
    environment: Callable[[Targets, Path], Mapping[str, str]]
    answers: Callable[[Path], int]
    slow: bool = False  # one round, smallest N only
    notes: str = field(default="", compare=False)


def script() -> bytes:
    """The product's own script for a Linux host: every section of the pack."""
    pack = packs.load("linux")
    return shell.build([shell.Part("host", pack.script(), list(pack.sections.values()))], mark=MARK, since=0, limit=90)


def _whole(path: Path) -> bool:
    return f"{MARK} done" in path.read_text(encoding="utf-8", errors="replace")


def _files(folder: Path) -> int:
    return sum(_whole(path) for path in folder.glob("*.out"))


def _none(_targets: Targets, _folder: Path) -> Mapping[str, str]:
    return {}


def _floor(targets: Targets, folder: Path) -> list[str]:
    (folder / "names").write_text("".join(f"{name}\n" for name in targets.names))
    one = f"exec ssh -F {targets.folder / 'ssh_config'} $1 /bin/sh -s < {targets.folder / 'script'} > $1.out"
    return ["xargs", "-a", "names", "-P", str(FORKS), "-L1", "sh", "-c", one, "sh"]


def _ansible(playbook: Path, *more: str) -> Callable[[Targets, Path], list[str]]:
    program = str(Path(sys.executable).with_name("ansible-playbook"))

    def command(targets: Targets, _folder: Path) -> list[str]:
        inventory = ["-i", str(targets.folder / "hosts.json"), "--forks", str(FORKS)]
        return [program, *inventory, *more, str(playbook)]

    return command


def _product(_targets: Targets, folder: Path) -> Mapping[str, str]:
    return {
        "ANSIBLE_CONFIG": str(REPOSITORY / "ansible.cfg"),
        "PYTHONPATH": str(REPOSITORY / "src"),
        "XUNWEI_STATE": str(folder / "state"),
    }


def _collected(folder: Path) -> int:
    found = (path.read_text(encoding="utf-8") for path in folder.glob("state/runs/*/assets/*/answers.json"))
    return sum('"collected"' in text for text in found)


def _tuned(_targets: Targets, folder: Path) -> Mapping[str, str]:
    """Ansible as a careful user sets it: pipelining and shared connections."""
    return {
        "ANSIBLE_CONFIG": str(HERE / "peers" / "ansible.cfg"),
        "ANSIBLE_SSH_CONTROL_PATH_DIR": str(folder / "cp"),
        "ANSIBLE_LOCALHOST_WARNING": "0",
    }


def _recap(folder: Path) -> int:
    log = (folder / "output.log").read_text(errors="replace")
    return sum("unreachable=0" in line and "failed=0" in line for line in log.splitlines() if line.startswith("host-"))


def _pyinfra(targets: Targets, _folder: Path) -> list[str]:
    (targets.folder / "pyinfra_hosts.py").write_text(
        "hosts = "
        + repr(
            [
                (name, {"ssh_hostname": targets.host.address, "ssh_port": targets.port(name), "ssh_user": "root"}
                 | {"ssh_key": targets.host.key, "ssh_known_hosts_file": str(targets.folder / "known_hosts")})
                for name in targets.names
            ]
        )
        + "\n"
    )  # fmt: skip
    program = pyinfra_program() or "pyinfra"
    deploy = str(HERE / "peers" / "pyinfra_deploy.py")
    return [program, str(targets.folder / "pyinfra_hosts.py"), deploy, "-y", "--parallel", str(FORKS)]


def pyinfra_program() -> str | None:
    """pyinfra beside this Python or on PATH (dependency group `bench`), or None."""
    beside = Path(sys.executable).with_name("pyinfra")
    return str(beside) if beside.exists() else shutil.which("pyinfra")


def ways(whole: bool) -> list[Way]:
    """All ways there are here; the first one is the floor."""
    inspect = REPOSITORY / "playbooks" / "inspect.yml"
    found = [
        Way("floor: OpenSSH fan-out, same script", _floor, _none, _files),
        Way("xunwei collect", _ansible(inspect, "--tags", "collect"), _product, _collected),
    ]
    if whole:
        found.append(Way("xunwei whole inspection, 4 reports", _ansible(inspect), _product, _collected))
    if pyinfra_program():
        environment = lambda targets, _: {"BENCH_SCRIPT": str(targets.folder / "script")}  # noqa: E731
        found.append(Way("pyinfra, same script as a fact", _pyinfra, environment, _files))
    peers = HERE / "peers"
    found += [
        Way("Ansible gather_facts alone, tuned", _ansible(peers / "facts.yml"), _tuned, _recap),
        Way("Ansible gather_facts + 40 tasks, tuned", _ansible(peers / "tasks.yml"), _tuned, _recap, slow=True),
    ]
    return found
