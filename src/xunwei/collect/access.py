"""What a collector is handed: how to reach one asset and log in. Secrets live here only, and only in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from xunwei.model import Answer, Asset
from xunwei.pack import Pack, Section


@dataclass(frozen=True)
class Access:
    """The way to one asset.

    `port` 0: the protocol's own. `settings`: the asset's rendered inventory variables (`asset_*`, without the prefix), so that
    `asset_snmp_community` is `settings["snmp_community"]`. `state`: the state directory (read only). `refused`: whether an answer's text is
    the asset's way to say no. `ssh`: what OpenSSH words in the inventory come to (known_hosts, key_file, proxy_command).
    """

    asset: Asset
    address: str
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 10.0
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    ssh: Mapping[str, Any] = field(default_factory=dict)
    state: Path = Path()
    refused: Callable[[str], bool] = field(default=lambda _: False, repr=False)

    def setting(self, name: str, default: str = "") -> str:
        """A setting as text; `default` when it is not set or empty."""
        value = self.settings.get(name)
        return default if value in (None, "") else str(value)

    def secrets(self) -> list[str]:
        """Every secret of this access as text: none of them may be in an answer."""
        named = [str(v) for k, v in self.settings.items() if k.endswith(SECRET_SETTINGS) and isinstance(v, str) and v]
        return [s for s in (self.password, *named) if s]


# A setting whose name ends so is a secret: it is never kept, and cut out of every answer.
SECRET_SETTINGS = ("password", "community", "secret", "token", "auth_key", "priv_key", "api_key")


class Ask(Protocol):
    """`ask` of a collector module `xunwei.collect.<collector>`: one answer per section, in order; never raises for what an asset does."""

    def __call__(self, access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]: ...
