"""Named words of application.properties; secrets are `own`, `default` (published) or `unset`.

== properties
identity_key=own
identity_value=own
nacos.core.auth.enabled=true
spring.datasource.platform=mysql
signing=own
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Authentication, its secrets, and the database (null: the embedded one)."""
    found = {k: v for k, (v, _) in Parts(text).one("properties").whole().pairs().items()}
    secrets = {k: found.get(k, "unset") for k in ("signing", "identity_key", "identity_value")}
    if not found or any(v not in ("own", "default", "unset") for v in secrets.values()):
        raise Unparsed("not the properties of Nacos")
    exposed = found.get("management.endpoints.web.exposure.include", "")
    return {
        "auth": found.get("nacos.core.auth.enabled", "false").lower() == "true",
        **secrets,
        "agent_white": found.get("nacos.core.auth.enable.userAgentAuthWhite", "false").lower() == "true",
        "database": found.get("spring.datasource.platform") or found.get("spring.sql.init.platform") or None,
        "actuator_all": exposed.strip("\"' ") == "*",
    }
