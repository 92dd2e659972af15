"""Public keys that may log in: per account the modes of ~/.ssh and of authorized_keys, and of each key size and type.

    == file ops
    700 ops:ops /home/ops/.ssh
    600 ops:ops /home/ops/.ssh/authorized_keys
    == keys ops
    256 SHA256:q0ZKgI6nF2oXbVxvRzTtEXAMPLEexampleEXAMPLE00 (ED25519)
    == end

The fingerprint is that of a public key (ssh-keygen -l); text and comment of the key stay on the host.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, stat_line
from xunwei.parse import Unparsed

_KEY = re.compile(r"([0-9]{2,6}) (\S+) \(([A-Za-z0-9-]+)\)", re.ASCII)


def parse(text: str) -> dict[str, Any]:
    """Facts: `files` (modes) and `keys`. A file without any readable key has `keys` 0. Raises Unparsed."""
    parts = Parts(text)
    files: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    heads = parts.every("file")
    bodies = parts.every("keys")
    if [p.argument for p in heads] != [p.argument for p in bodies] or len(heads) + len(bodies) != len(parts.all):
        raise Unparsed("files and keys do not go together")
    for head, body in zip(heads, bodies, strict=True):
        for n, line in head.whole().lines:
            files.append({"account": head.argument, **stat_line(n, line)})
        if len(head.lines) != 2:
            raise Unparsed(f"line {head.line}: folder and file expected")
        path = files[-1]["path"]
        for n, line in body.whole().lines:
            match = _KEY.fullmatch(line)
            if match is None:
                raise Unparsed(f"line {n} is not a key: {line[:60]!r}")
            keys.append(
                {
                    "account": head.argument,
                    "path": path,
                    "type": match[3].lower(),
                    "bits": int(match[1]),
                    "fingerprint": match[2],
                    "_line": n,
                }
            )
    clipped = any(p.clipped for p in parts.all)
    return {"files": files, "keys": keys, "key_count": len(keys), "clipped": clipped}
