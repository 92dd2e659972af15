"""The other ways of having the same dialogues: `clients.py asyncssh|netmiko FOLDER`. Every answer must end in a prompt."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PROMPT = re.compile(r"[\r\n](?:HRP_[MS])?[<\[][\w~*-]+[>\]]\s*$")
PAGING = {"huawei_vrp": "screen-length 0 temporary", "hp_comware": "screen-length disable"}
TYPES = {"huawei_vrp": "huawei_vrp", "hp_comware": "hp_comware"}


async def talk(row: dict[str, Any], known: Path) -> int:
    """One device: log in, ask everything; how many answers came."""
    import asyncssh

    options: dict[str, Any] = {
        "username": "inspector", "password": "lab-inspector-1", "known_hosts": str(known), "client_keys": None,
        "kex_algs": ["curve25519-sha256"],
    }  # fmt: skip
    async with asyncssh.connect("127.0.0.1", row["port"], **options) as connection:
        process = await connection.create_process(term_type="vt100", term_size=(511, 24))
        await until(process)
        for command in [PAGING[row["platform"]], *row["commands"]]:
            process.stdin.write(command + "\n")
            await until(process)
        return len(row["commands"])


async def until(process: Any) -> str:
    """Read to the next prompt."""
    text = ""
    while not PROMPT.search(text[-200:]):
        text += await asyncio.wait_for(process.stdout.read(65536), 60)
    return text


async def all_at_once(rows: list[dict[str, Any]], known: Path) -> int:
    return sum(await asyncio.gather(*(talk(row, known) for row in rows)))


def by_netmiko(row: dict[str, Any], known: Path) -> int:
    from netmiko import ConnectHandler

    connection = ConnectHandler(
        device_type=TYPES[row["platform"]], host="127.0.0.1", port=row["port"], username="inspector",
        password="lab-inspector-1", system_host_keys=False, alt_host_keys=True, alt_key_file=str(known), ssh_strict=True,
    )  # fmt: skip
    for command in row["commands"]:
        connection.send_command(command, read_timeout=60, strip_prompt=False, strip_command=False)
    connection.disconnect()
    return len(row["commands"])


def main() -> int:
    way, folder = sys.argv[1], Path(sys.argv[2])
    rows = json.loads((folder / "dialogues.json").read_text(encoding="utf-8"))
    known = folder / "state" / "lab" / "known_hosts"
    if way == "asyncssh":
        done = asyncio.run(all_at_once(rows, known))
    else:
        with ThreadPoolExecutor(len(rows)) as pool:
            done = sum(pool.map(lambda row: by_netmiko(row, known), rows))
    return 0 if done == sum(len(r["commands"]) for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
