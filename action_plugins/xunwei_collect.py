"""Door: ask one host (and what lives on it) everything, in one exec request or one login."""

from __future__ import annotations

import time

from ansible.errors import AnsibleAuthenticationFailure, AnsibleConnectionFailure, AnsibleError

try:
    from xunwei import inventory
    from xunwei import pack as packs
    from xunwei.collect import sshargs
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
        host = task_vars["inventory_hostname"]
        variables = self.variables(task_vars)
        asset = inventory.asset_of(host, variables)
        collector = packs.load(asset.platform).collector
        started = time.monotonic()
        if collector == "sh":
            answers = flow.by_shell(host, variables, self._execute, options["since"])
        else:
            answers = [(asset, self._device(collector, asset, variables, options["device_seconds"]))]
        put = None
        if options["run_id"]:
            store = FolderStore(self.state)
            put = lambda one, rows: store.put_answers(options["run_id"], one, rows)  # noqa: E731
        flow.keep(self.state, answers, put)
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

    def _device(self, collector, asset, variables, seconds):
        connection = self._connection
        deadline = time.monotonic() + seconds
        pack = packs.load(asset.platform)
        sections = flow.sections_of(asset, pack)
        address = connection.get_option("host") or asset.address
        user = connection.get_option("remote_user") or self._play_context.remote_user or ""
        password = str(connection.get_option("password") or "")
        try:
            with flow.alarm(seconds + flow.GRACE_SECONDS):
                if collector == "redfish":
                    return self._redfish(sections, address, user, password, variables, deadline)
                return self._cli(pack, asset, sections, address, user, password, deadline)
        except flow.OutOfTime as exc:
            return flow.lost(asset, str(exc), Status.TIMED_OUT, seconds)

    def _cli(self, pack, asset, sections, address, user, password, deadline):
        from xunwei.collect import cli

        connection = self._connection
        port = int(connection.get_option("port") or 22)
        arguments = {
            f"ansible_{n}": connection.get_option(n) for n in ("ssh_args", "ssh_common_args", "ssh_extra_args")
        }
        options = sshargs.read(arguments, address, port)
        target = cli.Target(
            address=address,
            port=port,
            user=user,
            device_type=pack.device_types.get(asset.variant, pack.device_types["default"]),
            password=password,
            key_file=str(connection.get_option("private_key_file") or ""),
            known_hosts=options.known_hosts,
            proxy_command=options.proxy_command,
            connect_timeout=float(connection.get_option("timeout") or 10),
        )
        return cli.collect(target, sections, deadline=deadline, refused=lambda text: refusal(pack, text) is not None)

    def _redfish(self, sections, address, user, password, variables, deadline):
        from xunwei.collect import redfish

        target = redfish.Target(
            address=address,
            port=int(variables.get("ansible_port") or 443),
            user=user,
            password=password,
            verify=str(variables.get("asset_tls_fingerprint") or variables.get("asset_tls_ca") or ""),
            timeout=float(self._connection.get_option("timeout") or 10),
        )
        return redfish.collect(target, sections, deadline=deadline)
