"""`xunwei` as a process of its own, with a state directory and an inventory of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.lab.harness import Lab

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.prefix) / "bin"
THIS = {"ansible_connection": "local", "asset_platform": "linux", "asset_class": "server"}

PLATFORMS = {
    "vrp5": "huawei_vrp",
    "vrp8": "huawei_vrp",
    "usg": "huawei_vrp",
    "comware7": "hp_comware",
    "ibmc": "redfish",
}
CLASSES = {"usg": "firewall", "ibmc": "bmc"}


def host_of(lab: Lab, name: str) -> dict[str, Any]:
    """Inventory variables of a lab device."""
    device = lab.devices[name]
    variables = {
        "ansible_host": device.address, "ansible_port": device.port, "ansible_user": lab.user,
        "ansible_password": lab.password, "ansible_ssh_common_args": f"-o UserKnownHostsFile={lab.known_hosts}",
        "asset_platform": PLATFORMS[device.personality], "asset_class": CLASSES.get(device.personality, "switch"),
        "asset_variant": "8" if device.personality == "vrp8" else "5", "asset_site": "机房", "asset_services": ["统一受理"],
    }  # fmt: skip
    if device.personality == "ibmc":
        variables["asset_tls_ca"] = str(lab.known_hosts.parent / f"{name}.pem")
    return variables


@dataclass
class Tool:
    """`xunwei` with a state directory of its own."""

    state: Path
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "XUNWEI_STATE": str(self.state),
            "XUNWEI_LANG": "en",
            "PATH": f"{BIN}:{os.environ['PATH']}",
        }

    def inventory(self, hosts: dict[str, Any], **variables: Any) -> Path:
        """Write an inventory; returns its path."""
        path = self.folder / "inventory.yml"
        defaults = {"inspection_gate": "never", "inspection_gate_coverage": "asset"}
        path.write_text(json.dumps({"all": {"vars": defaults | variables, "hosts": hosts}}), encoding="utf-8")
        return path

    def elsewhere(self, name: str) -> Tool:
        """The same with another state directory and folder: another machine."""
        folder = self.folder / name
        (folder / "state").mkdir(parents=True)
        return Tool(folder / "state", folder)

    def start(self, *words: object, **more: Any) -> subprocess.Popen[str]:
        """Start `xunwei WORDS`."""
        return subprocess.Popen(
            [str(BIN / "xunwei"), *map(str, words)], env=self.environment | more, cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def __call__(self, *words: object, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run `xunwei WORDS` to its end."""
        process = self.start(*words)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def inspect(self, inventory: Path, *words: object, code: int = 0) -> dict[str, Any]:
        """Inspect; returns the JSON of the last line. The exit code must be `code`."""
        done = self("inspect", "-i", inventory, "--json", *words)
        assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def read(self, run: dict[str, Any], name: str) -> Any:
        """A JSON document of a run."""
        return json.loads((Path(run["folder"]) / name).read_text(encoding="utf-8"))
