"""Protection against malware: agents by the names of their processes and folders, age of ClamAV's definitions.

    == processes
    clamd
    freshclam
    == folders
    /opt/qaxsafe
    == definitions
    1795500000 /var/lib/clamav/daily.cld
    clamscan
    == end

Of the commercial agents only presence and running can be seen: the age of their definitions is null, and is shown by
the console of the product.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Part, Parts
from xunwei.parse import Unparsed

# Process name (as in /proc/N/comm, 15 characters) or folder → product.
PROCESSES = (
    (r"clamd|freshclam|clamonacc", "ClamAV"),
    (r"qax.*", "QAX Tianqing"),
    (r"360.*|ZASvc.*|ZAService.*", "360 Endpoint"),
    (r"edr_agent.*|edr_monitor.*|eps_services.*|sfavsrv.*|sfavtray.*", "Sangfor EDR"),
    (r"venus.*|VenusEDR.*", "Venustech EDR"),
    (r"titanagent.*", "Qingteng"),
    (r"AliYunDun.*", "Alibaba Cloud Security Center"),
    (r"YDService.*", "Tencent Cloud Workload Protection"),
    (r"hostguard.*|hostwatch.*", "Huawei HSS"),
    (r"ds_agent.*|gagent.*", "Trend/AsiaInfo Deep Security"),
    (r"kesl.*", "Kaspersky"),
    (r"mfetpd.*", "Trellix"),
    (r"wdavdaemon.*", "Microsoft Defender"),
    (r"savd|savscand.*", "Sophos"),
    (r"falcon-sensor.*", "CrowdStrike"),
    (r"rtvscand|symcfgd|sisamdagent.*", "Symantec"),
    (r"yunsuo_agent.*", "Yunsuo"),
    (r"jowto.*", "Jowto"),
    (r"iepagent.*|iep_agent.*", "Antiy IEP"),
    (r"ravd.*|rising.*", "Rising"),
    (r"jiangmin.*|avserver.*", "Jiangmin"),
    (r"esets_daemon|oaeventd", "ESET"),
)
FOLDERS = (
    (r"/opt/(qaxsafe|qianxin|apps/com\.qianxin.*)", "QAX Tianqing"),
    (r"/opt/360(safe)?", "360 Endpoint"),
    (r"/sf/edr", "Sangfor EDR"),
    (r"/opt/venustech", "Venustech EDR"),
    (r"/titan/agent", "Qingteng"),
    (r"/usr/local/aegis", "Alibaba Cloud Security Center"),
    (r"/usr/local/qcloud/YunJing", "Tencent Cloud Workload Protection"),
    (r"/usr/local/hostguard", "Huawei HSS"),
    (r"/opt/ds_agent", "Trend/AsiaInfo Deep Security"),
    (r"/opt/kaspersky/kesl", "Kaspersky"),
    (r"/opt/McAfee", "Trellix"),
    (r"/opt/antiy", "Antiy IEP"),
    (r"/usr/local/yunsuo_agent", "Yunsuo"),
    (r"/opt/rising", "Rising"),
    (r"/opt/jiangmin", "Jiangmin"),
)


def parse(text: str) -> dict[str, Any]:
    """Facts: `products` with `running` and `definitions` (epoch or null); `running` of any. Raises Unparsed."""
    parts = Parts(text)
    products: dict[str, dict[str, Any]] = {}
    for n, line in parts.one("processes").lines:
        product = _see(products, _product(PROCESSES, n, line), n)
        # freshclam alone fetches definitions and scans nothing.
        product["running"] = product["running"] or line != "freshclam"
    for n, line in parts.one("folders").lines:
        _see(products, _product(FOLDERS, n, line), n)
    _definitions(parts.one("definitions"), products)
    return {
        "products": list(products.values()),
        "running": any(p["running"] for p in products.values()),
        "_lines": {"running": parts.one("processes").line},
    }


def _product(table: tuple[tuple[str, str], ...], n: int, word: str) -> str:
    for pattern, product in table:
        if re.fullmatch(pattern, word):
            return product
    raise Unparsed(f"line {n} is no known product: {word[:60]!r}")


def _see(products: dict[str, dict[str, Any]], name: str, n: int) -> dict[str, Any]:
    return products.setdefault(name, {"name": name, "running": False, "definitions": None, "_line": n})


def _definitions(part: Part, products: dict[str, dict[str, Any]]) -> None:
    for n, line in part.lines:
        match = re.fullmatch(r"([0-9]{1,12}) /var/lib/clamav/(daily|main)\.(cvd|cld)", line, re.ASCII)
        if line == "clamscan":
            _see(products, "ClamAV", n)
        elif match is None:
            raise Unparsed(f"line {n} is not a file of definitions: {line[:60]!r}")
        elif match[2] == "daily":
            product = _see(products, "ClamAV", n)
            product["definitions"] = max(int(match[1]), product["definitions"] or 0)
            product["_line"] = n
