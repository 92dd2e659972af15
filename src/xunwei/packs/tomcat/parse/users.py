"""`conf/tomcat-users.xml`, passwords hidden.

<tomcat-users xmlns="http://tomcat.apache.org/xml">
  <role rolename="manager-gui"/>
  <user username="ops" password="hidden" roles="manager-gui"/>
</tomcat-users>
<!-- xunwei: end of file -->
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.tomcat.parse.server_xml import read

DEFAULTS = ("tomcat", "both", "role1", "admin", "robot", "manager")


def parse(text: str) -> Facts:
    """{"users": […]} with their roles."""
    users = [e for e in read(text, "tomcat-users").iter() if e.tag.rpartition("}")[2] == "user"]
    rows = []
    for user in users:
        roles = [r.strip() for r in user.get("roles", "").split(",") if r.strip()]
        name = user.get("username") or user.get("name") or "?"
        rows.append(
            {
                "name": name,
                "roles": roles,
                "manager": any(r.startswith(("manager", "admin")) for r in roles),
                "default": name in DEFAULTS,
            }
        )
    return {"users": rows}
