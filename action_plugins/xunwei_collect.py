"""Door: ask one host (and what lives on it) everything, in one exec request or one login."""

from __future__ import annotations

import gc
import time
from dataclasses import replace

from ansible.errors import AnsibleAuthenticationFailure, AnsibleConnectionFailure, AnsibleError

try:
    from xunwei import inventory
    from xunwei import pack as packs
    from xunwei.collect import sshargs
    from xunwei.collect.access import Access
    from xunwei.door import Door, end_children
    from xunwei.flow import collect as flow
    from xunwei.parse.engine import refusal
    from xunwei.record.store import FolderStore
    from xunwei.settings import state_dir
    from xunwei.words import Status
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc

DEVICE_SECONDS = 120.0
# Ansible imports this file in its main process, before it forks.
flow.warm(state_dir(create=False))


class ActionModule(Door):
    """See library/xunwei_collect.py."""

    OPTIONS = {
        "run_id": {"type": "str", "default": ""},
        "since": {"type": "float", "default": 0.0},
        "facts": {"type": "bool", "default": False},
        "device_seconds": {"type": "float", "default": DEVICE_SECONDS},
    }

    def act(self, options, task_vars):
        gc.disable()
        host = task_vars["inventory_hostname"]
        variables = self.variables(task_vars)
        asset = inventory.asset_of(host, variables)
        pack = packs.load(asset.platform)
        started = time.monotonic()
        access = self._access(asset, variables)
        deadline = started + options["device_seconds"]
        if pack.collector == "sh":
            answers = flow.by_shell(host, variables, self._execute, options["since"])
        else:
            answers = [(asset, flow.ask(access, pack, deadline))]
            end_children()
        secrets = access.secrets()
        for one, row in inventory.instances_of(host, variables):
            secrets += replace(access, asset=one, password="", settings=row).secrets()

        def instance(one, _pack, row):
            """An instance's own way in: nothing of its host's login but the address."""
            own = replace(access, asset=one, port=int(row.get("port") or 0), user=str(row.get("user") or ""))
            own = replace(own, password=str(row.get("password") or ""), settings=row, ssh={})
            return replace(own, address=str(row.get("address") or access.address))

        answers += flow.by_themselves(host, variables, instance, deadline)
        put = None
        if options["run_id"]:
            store = FolderStore(self.state)
            put = lambda one, rows: store.put_answers(options["run_id"], one, rows)  # noqa: E731
        flow.keep(self.state, answers, put, secrets)
        summary = [
            {"asset": one.name, "asked": len(rows), "answered": sum(r.status is Status.COLLECTED for r in rows)}
            | {"unreachable": bool(rows) and all(r.status is Status.UNREACHABLE for r in rows)}
            | {"reason": next((r.reason for r in rows if r.status is Status.UNREACHABLE), "")}
            for one, rows in answers
        ]
        result = {"collected": summary, "seconds": round(time.monotonic() - started, 2)}
        if options["facts"]:
            result["facts"] = {one.name: flow.facts_of(one, rows) for one, rows in answers}
        return result

    def _execute(self, script):
        """One exec request: the script on stdin of /bin/sh -s."""
        try:
            reply = self._low_level_execute_command("/bin/sh -s", in_data=script)
        except AnsibleAuthenticationFailure as exc:
            raise flow.HostLost(f"login refused: {exc}") from None
        except AnsibleConnectionFailure as exc:
            raise flow.HostLost(str(exc)) from None
        except flow.OutOfTime:
            end_children()
            raise
        except AnsibleError as exc:
            # Becoming another user failed: the host is there, but this account may not look.
            raise flow.HostLost(str(exc), Status.DENIED) from None
        if not reply["stdout"].strip() and reply["rc"] != 0:
            words = (
                (reply.get("stderr") or reply.get("msg") or f"/bin/sh ended with {reply['rc']}").strip().splitlines()
            )
            status = Status.DENIED if "sudo" in words[-1] or "su:" in words[-1] else Status.UNREACHABLE
            raise flow.HostLost(words[-1], status)
        return reply["stdout"]

    def _access(self, asset, variables):
        """What the collector needs of the inventory: the connection's words, and the asset's own settings."""
        pack = packs.load(asset.platform)
        # The connection's own port has a default; what the inventory says is the protocol's.
        port = int(variables.get("ansible_port") or 0)
        address = str(self._option("host") or asset.address)
        arguments = {f"ansible_{n}": self._option(n) for n in ("ssh_args", "ssh_common_args", "ssh_extra_args")}
        ssh = sshargs.read(arguments, address, port or 22)
        return Access(
            asset=asset,
            address=address,
            port=port,
            user=str(self._option("remote_user") or self._play_context.remote_user or ""),
            password=str(self._option("password") or ""),
            timeout=float(self._option("timeout") or 10),
            settings={k.removeprefix("asset_"): v for k, v in variables.items() if k.startswith("asset_")},
            ssh={
                "known_hosts": ssh.known_hosts,
                "proxy_command": ssh.proxy_command,
                "key_file": str(self._option("private_key_file") or ""),
            },
            state=self.state,
            refused=lambda text: refusal(pack, text) is not None,
        )

    def _option(self, name):
        """An option of the connection plugin; None where this kind of connection has no such word."""
        try:
            return self._connection.get_option(name)
        except KeyError:
            return None
