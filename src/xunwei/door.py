"""What the action plugins share: the way from Ansible's values to plain data, and from our errors to one line."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from xunwei.errors import XunweiError
from xunwei.model import Json
from xunwei.settings import state_dir


def plain(value: Any) -> Any:
    """Ansible's lazy, tagged values as plain JSON data; templates inside are rendered on the way."""
    return json.loads(json.dumps(value, default=str))


class Door(ActionBase):  # type: ignore[misc]
    """An action that runs in the controller's process. `OPTIONS` is its argument spec, equal to its documentation."""

    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False
    OPTIONS: ClassVar[dict[str, Any]] = {}

    def run(self, tmp: Any = None, task_vars: Mapping[str, Any] | None = None) -> Json:  # noqa: ARG002 - Ansible's signature
        result: Json = super().run(None, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=self.OPTIONS)
        try:
            result.update(self.act(plain(arguments), task_vars or {}))
        except XunweiError as exc:
            raise AnsibleActionFail(str(exc), result={"exit_code": exc.exit_code}) from None
        except OSError as exc:
            raise AnsibleActionFail(
                f"{exc.filename or 'state directory'}: {exc.strerror}", result={"exit_code": 1}
            ) from None
        result.setdefault("changed", False)
        result.setdefault("failed", False)
        return result

    @abstractmethod
    def act(self, options: Json, task_vars: Mapping[str, Any]) -> Json:
        """Do it. Raises XunweiError for everything the user must act on."""

    @property
    def state(self) -> Path:
        """The state directory."""
        return state_dir()

    def variables(self, task_vars: Mapping[str, Any], names: Mapping[str, Any] | None = None) -> Json:
        """The host's own variables that describe the asset, rendered."""
        wanted = [k for k in task_vars if is_ours(k)]
        found = {k: self._templar.template(task_vars[k]) for k in wanted}
        return plain({**found, **(names or {})})  # type: ignore[no-any-return]


def host_variables(names: Iterable[str], task_vars: Mapping[str, Any]) -> dict[str, Json]:
    """{host: the variables that describe it}, rendered by Ansible."""
    found = {}
    for name in names:
        variables = task_vars["hostvars"][name]  # every such look-up computes all variables of the host: once is enough
        found[name] = plain({k: variables[k] for k in variables if is_ours(k)})
    return found


def is_ours(name: str) -> bool:
    """Inventory variables that the software reads."""
    return name.startswith(("asset_", "inspection_limits")) or name in (
        "ansible_host",
        "ansible_port",
        "inspection_script_seconds",
    )


def end_children() -> None:
    """Kill what this worker started (an ssh that hangs), so that nothing outlives a task that was given up."""
    for path in Path("/proc/self/task").glob("*/children"):
        try:
            children = path.read_text(encoding="ascii").split()
        except OSError:
            continue  # a thread that has just ended, as an SSH client's does when its connection is closed
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
