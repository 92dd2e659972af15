"""The ledger: every run and every finding, from run to run. SQLite by default, any SQLAlchemy URL by XUNWEI_LEDGER."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from xunwei.errors import InputError, XunweiError
from xunwei.model import Json

_METADATA = sa.MetaData()
SCHEMA_VERSION = 1

VERSION = sa.Table("ledger_version", _METADATA, sa.Column("version", sa.Integer, primary_key=True))
RUNS = sa.Table(
    "runs", _METADATA,
    sa.Column("run_id", sa.String(64), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),  # open, sealed
    sa.Column("inventory", sa.String(255), nullable=False),
    sa.Column("target", sa.String(255), nullable=False),
    sa.Column("started", sa.String(40), nullable=False),
    sa.Column("finished", sa.String(40), nullable=False, default=""),
    sa.Column("operator", sa.String(255), nullable=False, default=""),
    sa.Column("exit_code", sa.Integer),
    sa.Column("manifest_sha256", sa.String(64), nullable=False, default=""),
    sa.Column("path", sa.Text, nullable=False, default=""),
    sa.Column("holder", sa.JSON),
    sa.Column("counts", sa.JSON),
)  # fmt: skip
FINDINGS = sa.Table(
    "findings", _METADATA,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("asset", sa.String(255), nullable=False, index=True),
    sa.Column("rule", sa.String(255), nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("severity", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("last_run", sa.String(64), nullable=False),
    sa.Column("row", sa.JSON, nullable=False),
)  # fmt: skip
EVENTS = sa.Table(
    "finding_events", _METADATA,
    sa.Column("run_id", sa.String(64), primary_key=True),
    sa.Column("finding", sa.String(16), primary_key=True),
    sa.Column("event", sa.String(16), nullable=False),  # new, open, fixed, regressed
)  # fmt: skip

COURSES = sa.Table(
    "courses", _METADATA,
    sa.Column("run_id", sa.String(64), primary_key=True),
    sa.Column("asset", sa.String(255), primary_key=True, index=True),
    sa.Column("section", sa.String(64), primary_key=True),
    sa.Column("time", sa.String(40), nullable=False),
    sa.Column("values", sa.JSON, nullable=False),
)  # fmt: skip


class Ledger:
    """Reads and writes the ledger. Raises InputError when it cannot be opened."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._engine = sa.create_engine(url, connect_args={"timeout": 30} if url.startswith("sqlite") else {})
            _METADATA.create_all(self._engine)
            self._check_version()
        except ModuleNotFoundError as exc:
            raise InputError(
                f"ledger needs the Python module {exc.name}", where=_safe(url), hint="install it"
            ) from None
        except sa.exc.SQLAlchemyError as exc:
            raise InputError(f"ledger cannot be opened: {_reason(exc)}", where=_safe(url)) from None

    def _check_version(self) -> None:
        with self._engine.begin() as connection:
            found = connection.execute(sa.select(VERSION.c.version)).scalar()
            if found is None:
                connection.execute(VERSION.insert().values(version=SCHEMA_VERSION))
            elif found > SCHEMA_VERSION:
                raise InputError(
                    f"ledger has version {found}, this software knows {SCHEMA_VERSION}", where=_safe(self.url)
                )

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as exc:
            raise XunweiError(f"ledger cannot be written: {_reason(exc)}", where=_safe(self.url)) from None

    def begin(self, header: Json, holder: Json, path: str) -> None:
        """A run has begun. Beginning the same unfinished run again is allowed."""
        row = {k: header[k] for k in ("run_id", "inventory", "target", "started", "operator")}
        with self._write() as connection:
            connection.execute(RUNS.delete().where(RUNS.c.run_id == header["run_id"], RUNS.c.state == "open"))
            connection.execute(RUNS.insert().values(**row, state="open", holder=holder, path=path, counts={}))

    def finish(
        self, run: Json, findings: Iterable[Json], manifest_sha256: str, path: str, courses: Iterable[Json] = ()
    ) -> None:
        """A run is sealed: its line, its findings and its values, in one transaction. Doing it twice changes nothing."""
        row = {k: run[k] for k in ("inventory", "target", "started", "finished", "operator", "exit_code", "counts")}
        row |= {"state": "sealed", "manifest_sha256": manifest_sha256, "path": path}
        with self._write() as connection:
            connection.execute(RUNS.delete().where(RUNS.c.run_id == run["run_id"]))
            connection.execute(RUNS.insert().values(run_id=run["run_id"], **row))
            connection.execute(EVENTS.delete().where(EVENTS.c.run_id == run["run_id"]))
            for finding in findings:
                _put_finding(connection, finding, run["run_id"])
            connection.execute(COURSES.delete().where(COURSES.c.run_id == run["run_id"]))
            rows = [{**course, "run_id": run["run_id"]} for course in courses]
            if rows:
                connection.execute(COURSES.insert(), rows)

    def courses(self, assets: Iterable[str], *, before: str, limit: int) -> dict[str, dict[str, list[Json]]]:
        """Values that runs before `before` (ISO time) saw: asset → section → [{run_id, time, values}], newest first."""
        wanted = set(assets)
        place = sa.func.row_number().over(
            partition_by=(COURSES.c.asset, COURSES.c.section), order_by=COURSES.c.time.desc()
        )
        newest = sa.select(COURSES, place.label("place")).where(COURSES.c.time < before).subquery()
        query = sa.select(newest).where(newest.c.place <= limit).order_by(newest.c.place)
        found: dict[str, dict[str, list[Json]]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                if row["asset"] not in wanted:
                    continue
                rows = found.setdefault(row["asset"], {}).setdefault(row["section"], [])
                rows.append({k: row[k] for k in ("run_id", "time", "values")})
        return found

    def run(self, run_id: str) -> Json | None:
        """One run's line, or None."""
        with self._engine.connect() as connection:
            found = connection.execute(sa.select(RUNS).where(RUNS.c.run_id == run_id)).mappings().first()
        return dict(found) if found else None

    def runs(self, *, inventory: str = "", target: str = "", state: str = "", limit: int = 0) -> list[Json]:
        """Runs, newest first."""
        query = sa.select(RUNS).order_by(RUNS.c.started.desc(), RUNS.c.run_id.desc())
        for column, value in ((RUNS.c.inventory, inventory), (RUNS.c.target, target), (RUNS.c.state, state)):
            query = query.where(column == value) if value else query
        query = query.limit(limit) if limit else query
        with self._engine.connect() as connection:
            return [dict(r) for r in connection.execute(query).mappings()]

    def findings(self, *, assets: Iterable[str] | None = None, state: str = "") -> dict[str, Json]:
        """Findings by id; all assets when none are named."""
        query = sa.select(FINDINGS.c.row, FINDINGS.c.asset).order_by(FINDINGS.c.asset, FINDINGS.c.rule)
        query = query.where(FINDINGS.c.state == state) if state else query
        wanted = None if assets is None else set(assets)
        with self._engine.connect() as connection:
            rows = [dict(r.row) for r in connection.execute(query) if wanted is None or r.asset in wanted]
        return {r["id"]: r for r in rows}

    def close(self) -> None:
        self._engine.dispose()


def _put_finding(connection: sa.Connection, finding: Json, run_id: str) -> None:
    values: dict[str, Any] = {k: finding[k] for k in ("asset", "rule", "key", "severity", "state", "last_run")}
    connection.execute(FINDINGS.delete().where(FINDINGS.c.id == finding["id"]))
    connection.execute(FINDINGS.insert().values(id=finding["id"], row=finding, **values))
    connection.execute(EVENTS.insert().values(run_id=run_id, finding=finding["id"], event=finding["lifecycle"]))


def _reason(exc: sa.exc.SQLAlchemyError) -> str:
    return str(getattr(exc, "orig", None) or exc).splitlines()[0]


def _safe(url: str) -> str:
    """The URL without its password."""
    try:
        return sa.engine.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "XUNWEI_LEDGER"
