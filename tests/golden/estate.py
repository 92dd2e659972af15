"""What the synthetic estate is made of: platforms, their sections and rules, names. Data only, all of it invented."""

from __future__ import annotations

from typing import NamedTuple


class RuleSeed(NamedTuple):
    """One rule of the synthetic estate; `measured` and `raw` are filled with a number n."""

    section: str
    name: str
    zh: str
    en: str
    severity: str
    clauses: tuple[str, ...]
    expected_zh: str
    expected_en: str
    measured: str
    raw: str


class PlatformSeed(NamedTuple):
    """One platform of the synthetic estate."""

    zh: str
    en: str
    asset_class: str
    prefix: str
    asks: dict[str, tuple[str, str, str]]  # section: (zh, en, ask)
    rules: tuple[RuleSeed, ...]


LINUX = PlatformSeed(
    "Linux 主机",
    "Linux host",
    "server",
    "app",
    {
        "filesystems": ("文件系统", "File systems", "df -PTk"),
        "accounts": ("账号", "Accounts", "getent passwd; getent shadow"),
        "sshd": ("SSH 服务配置", "SSH daemon settings", "sshd -T"),
        "timesync": ("时间同步", "Time synchronisation", "chronyc -n sources"),
        "units": ("系统服务", "System units", "systemctl list-units --failed"),
        "auditd": ("审计服务", "Audit daemon", "auditctl -s"),
    },
    (
        RuleSeed(
            "filesystems",
            "usage",
            "文件系统使用率",
            "File system usage",
            "major",
            ("8.1.4.9.a",),
            "使用率低于 80 %（90 % 起为异常）",
            "used below 80 % (abnormal from 90 %)",
            "/data {n} %",
            "/dev/vdb1 ext4 103081248 {n}55120 4218432 {n}% /data",
        ),
        RuleSeed(
            "accounts",
            "empty_password",
            "空口令账号",
            "Accounts without a password",
            "critical",
            ("8.1.4.1.a",),
            "没有空口令账号",
            "no account without a password",
            "{n} accounts",
            "backup{n}::19500:0:99999:7:::",
        ),
        RuleSeed(
            "sshd",
            "root_login",
            "SSH 禁止 root 直接登录",
            "SSH root login is off",
            "critical",
            ("8.1.4.1.b", "8.1.4.2.d"),
            "PermitRootLogin 为 no",
            "PermitRootLogin is no",
            "PermitRootLogin yes ({n})",
            "permitrootlogin yes",
        ),
        RuleSeed(
            "timesync",
            "offset",
            "时间同步偏差",
            "Clock offset",
            "major",
            ("8.1.4.3.c",),
            "偏差小于 100 ms 且时钟源可达",
            "offset below 100 ms and a reachable source",
            "{n} ms",
            "^* 192.0.2.123   2   6   377    34   +{n}ms[ +{n}ms] +/-   21ms",
        ),
        RuleSeed(
            "units",
            "failed",
            "失败的系统服务",
            "Failed units",
            "minor",
            (),
            "没有失败的单元",
            "no failed unit",
            "{n} failed",
            "● sync{n}.service loaded failed failed 数据同步",
        ),
        RuleSeed(
            "auditd",
            "enabled",
            "审计功能启用",
            "Auditing is on",
            "major",
            ("8.1.4.3.a",),
            "enabled 为 1 或 2",
            "enabled is 1 or 2",
            "enabled {n}",
            "enabled {n}",
        ),
    ),
)
VRP = PlatformSeed(
    "华为 VRP 网络设备",
    "Huawei VRP network device",
    "network",
    "sw-core",
    {
        "interfaces": ("接口", "Interfaces", "display interface brief"),
        "users": ("本地用户", "Local users", "display local-user"),
        "ntp": ("NTP 状态", "NTP status", "display ntp-service status"),
    },
    (
        RuleSeed(
            "interfaces",
            "errors",
            "接口错误包",
            "Interface errors",
            "major",
            (),
            "错误包增量为 0",
            "no new errors",
            "GE1/0/{n} in errors {n}",
            "GE1/0/{n} up up 0.1% 0.2% {n} 0",
        ),
        RuleSeed(
            "users",
            "privilege",
            "本地用户级别",
            "Local user level",
            "critical",
            ("8.1.3.1.a", "8.1.4.2.b"),
            "级别 15 的用户不超过 2 个",
            "at most 2 users of level 15",
            "{n} users",
            "admin{n} A T 15",
        ),
        RuleSeed(
            "ntp",
            "synchronized",
            "NTP 已同步",
            "NTP is synchronised",
            "minor",
            ("8.1.5.4.a",),
            "clock status 为 synchronized",
            "clock status is synchronized",
            "unsynchronized ({n})",
            "clock status: unsynchronized",
        ),
    ),
)
POSTGRES = PlatformSeed(
    "PostgreSQL 数据库",
    "PostgreSQL database",
    "database",
    "db",
    {
        "settings": ("参数", "Settings", "SELECT name, setting FROM pg_settings"),
        "roles": ("角色", "Roles", "SELECT rolname, rolsuper FROM pg_roles"),
    },
    (
        RuleSeed(
            "settings",
            "archive",
            "归档开启",
            "Archiving is on",
            "critical",
            ("8.1.4.9.a", "8.1.4.9.b"),
            "archive_mode 为 on",
            "archive_mode is on",
            "archive_mode off ({n})",
            "archive_mode|off",
        ),
        RuleSeed(
            "roles",
            "superusers",
            "超级用户数量",
            "Number of superusers",
            "major",
            ("8.1.4.2.d",),
            "不超过 1 个",
            "at most 1",
            "{n} superusers",
            "svc_{n}|t",
        ),
    ),
)
REDFISH = PlatformSeed(
    "服务器带外管理",
    "Server BMC (Redfish)",
    "bmc",
    "bmc",
    {
        "power": ("电源", "Power", "/redfish/v1/Chassis/1/Power"),
        "thermal": ("温度", "Thermal", "/redfish/v1/Chassis/1/Thermal"),
    },
    (
        RuleSeed(
            "power",
            "redundant",
            "电源冗余",
            "Power redundancy",
            "major",
            ("8.1.1.7.a",),
            "全部电源健康",
            "all supplies are healthy",
            "PSU{n} Critical",
            '"Name": "PSU{n}", "Status": {{"Health": "Critical"}}',
        ),
        RuleSeed(
            "thermal",
            "inlet",
            "进风温度",
            "Inlet temperature",
            "minor",
            ("8.1.1.6.a",),
            "低于 27 ℃",
            "below 27 degrees",
            "{n} ℃",
            '"Name": "Inlet", "ReadingCelsius": {n}',
        ),
    ),
)
PLATFORMS: dict[str, PlatformSeed] = {"linux": LINUX, "huawei_vrp": VRP, "postgresql": POSTGRES, "redfish": REDFISH}
SHARE = ("linux",) * 6 + ("huawei_vrp",) * 2 + ("postgresql", "redfish")  # of every ten assets

SITES_ZH = ("新城区机房", "政务云一区", "㙍䶮数据中心〇号")
SITES_EN = ("new-city", "gov-cloud-1", "dc-0")
SERVICES_ZH = ("一窗受理", "办件库", "电子证照", "统一身份认证")
SERVICES_EN = ("one-window", "case-store", "e-licence", "sso")
OWNERS_ZH = ("张三", "李四", "王五①")
OWNERS_EN = ("Zhang San", "Li Si", "Wang Wu")

HOSTILE = (
    "<script>alert('xw')</script>",
    "</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://203.0.113.9/","open")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd -cmd {{ 7*7 }} {% raw %} {%tr for x in y %}",
    '\x1b[31mred\x1b[0m \x00 nul \u202egnp.exe & <w:t>x</w:t> ]]> #eval("1") $x^2$ *bold* _it_ @ref',
    "-1+1 㙍䶮〇℃①② \u2028 tail",
)
REASONS = (
    {"code": "section_status", "status": "denied", "detail": "needs root to read the shadow file"},
    {"code": "section_status", "status": "timed_out", "detail": "no answer within 10 s"},
    {"code": "section_status", "status": "unparsed", "detail": "line 3 is not a table row"},
    {"code": "null_fact"},
    {"code": "expression_error", "detail": "division by zero"},
)
