"""A central server: PostgreSQL 15 of Debian, reached by TLS only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import check, install, status, upgrade
from erp_desktop.server.people import add_administrator, add_worker
from erp_desktop.services import auth, sessions
from erp_desktop.services.auth import Stage
from erp_desktop.services.errors import SessionOver
from tests.helpers.catalogue import read_catalogue
from tests.helpers.gate import code_of
from tests.helpers.mailbox import open_mailbox, text_of
from tests.helpers.pg15 import Authority, CentralServer
from tests.helpers.workers import POSIX, code_in, working, write_settings
from tests.sql.server.test_catalogue import RULES


def change(dsn: str, statement: str) -> object:
    """The first value that a statement returns, committed."""
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return (cursor.fetchone() or (None,))[0]
    finally:
        connection.close()


def rows(dsn: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()
    finally:
        connection.close()


def test_the_product_stands_on_it(central: CentralServer) -> None:
    state = status(central.superuser_dsn())
    assert state.postgres_version.startswith("15.")
    assert (state.schema_version, state.pending, state.changed_code) == (state.program_version, (), ())
    assert check(central.superuser_dsn()) == ()


@pytest.mark.parametrize("rule", RULES)
def test_rule(central: CentralServer, rule: str) -> None:
    assert [row[0] for row in rows(central.superuser_dsn(), RULES[rule])] == []


@pytest.mark.parametrize("ask", [status, check, upgrade])
def test_a_database_that_is_not_there_is_to_be_made_first(central: CentralServer, ask: Callable[[str], object]) -> None:
    with pytest.raises(ServerError, match=r"Make it with `erp-desktop server install`.*nowhere"):
        ask(make_dsn(central.superuser_dsn(), dbname="nowhere"))


def test_an_upgrade_changes_nothing(central: CentralServer) -> None:
    before = read_catalogue(central.superuser_dsn())
    upgrade(central.superuser_dsn(), finish=True)
    assert read_catalogue(central.superuser_dsn()) == before


def test_the_right_authority_and_name_let_in_and_the_line_is_encrypted(central: CentralServer) -> None:
    connection = psycopg2.connect(central.superuser_dsn())
    assert (connection.info.ssl_in_use, connection.info.ssl_attribute("protocol")) == (True, "TLSv1.3")
    connection.close()


def test_clear_text_is_refused(central: CentralServer) -> None:
    with pytest.raises(psycopg2.OperationalError, match="pg_hba"):
        psycopg2.connect(central.superuser_dsn(sslmode="disable"))


def test_a_client_without_the_authority_refuses(central: CentralServer, tmp_path: Path) -> None:
    with pytest.raises(psycopg2.OperationalError, match=r"missing\.crt"):
        psycopg2.connect(central.superuser_dsn(sslrootcert=str(tmp_path / "missing.crt")))
    with pytest.raises(psycopg2.OperationalError, match="certificate verify failed"):
        psycopg2.connect(central.superuser_dsn(sslrootcert="system"))


def test_a_client_with_another_authority_refuses(central: CentralServer, tmp_path: Path) -> None:
    (tmp_path / "other.crt").write_bytes(Authority("Another authority").certificate_file())
    with pytest.raises(psycopg2.OperationalError, match="certificate verify failed"):
        psycopg2.connect(central.superuser_dsn(sslrootcert=str(tmp_path / "other.crt")))


def test_a_server_of_another_name_is_refused(central: CentralServer) -> None:
    with pytest.raises(psycopg2.OperationalError, match="does not match host name"):
        psycopg2.connect(central.superuser_dsn(host="erp.example", hostaddr="127.0.0.1"))


def test_a_wrong_password_is_told_apart_from_a_wrong_server(central: CentralServer) -> None:
    with pytest.raises(ServerError, match="password authentication failed"):
        status(central.superuser_dsn(password="wrong"))


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ("encoding 'SQL_ASCII' locale 'C'", "encoding 'UTF8' and locale 'C.UTF-8'"),
        ("encoding 'UTF8' locale 'C'", "encoding 'UTF8' and locale 'C.UTF-8'"),
    ],
)
def test_a_database_that_does_not_fit_is_refused(central: CentralServer, options: str, remedy: str) -> None:
    maintenance = psycopg2.connect(central.superuser_dsn("postgres"))
    maintenance.autocommit = True
    with maintenance.cursor() as cursor:
        cursor.execute("drop database if exists misfit")
        cursor.execute(f"create database misfit template template0 {options}")
        with pytest.raises(ServerError, match=remedy):
            install(central.superuser_dsn("misfit"))
        cursor.execute("drop database misfit")
    maintenance.close()


def test_sessions_end_on_it_as_well(central: CentralServer) -> None:
    made = add_administrator(central.superuser_dsn(), "sessions", "Sessions")
    login = auth.renew_password(
        auth.begin_login(central.profile(), "sessions", made.password or ""), "correct horse battery"
    )
    here = login.session
    other = auth.log_in(central.profile(), "sessions", "correct horse battery")
    assert here is not None
    with closing(other.database.connect()) as connection, connection.cursor() as cursor:
        sessions.end_own(here, other.database.tag)
        with pytest.raises(psycopg2.OperationalError):
            cursor.execute("select 1")
    with pytest.raises(SessionOver):
        other.database.connect()
    here.database.close()
    with closing(here.database.connect()) as connection, connection.cursor() as cursor:
        change(central.superuser_dsn(), "update auth.sessions set last_active_at = '2020-01-01' returning tag")
        change(central.superuser_dsn(), "select auth.end_what_is_over()")
        with pytest.raises(psycopg2.OperationalError):
            cursor.execute("select 1")
    with pytest.raises(SessionOver):
        here.database.connect()


def test_a_login_walks_through_all_its_stages_over_tls(central: CentralServer) -> None:
    made = add_administrator(central.superuser_dsn(), "staged", "Staged")
    demand = "insert into auth.roles_with_codes values ('erp_job_administrator') returning role_name"
    assert change(central.superuser_dsn(), demand) == "erp_job_administrator"
    try:
        login = auth.begin_login(central.profile(), "staged", made.password or "")
        assert login.stage is Stage.ENROL
        secret = auth.begin_enrolment(login).secret
        login = auth.confirm_enrolment(login, code_of(secret))
        assert (login.stage, len(login.recovery_codes)) == (Stage.RENEW, 10)
        login = auth.renew_password(login, "correct horse battery")
        assert login.session is not None
        auth.log_out(login.session)
        login = auth.answer_code(
            auth.begin_login(central.profile(), "staged", "correct horse battery"), code_of(secret, 1)
        )
        assert login.session is not None
        encrypted = "select ssl, session_user::text from pg_stat_ssl where pid = pg_backend_pid()"
        assert login.session.database.rows(encrypted) == [(True, "erp_u_staged")]
        auth.log_out(login.session)
    finally:
        change(central.superuser_dsn(), "delete from auth.roles_with_codes returning role_name")


def test_an_unknown_time_zone_is_refused_and_nothing_stays(central: CentralServer) -> None:
    with pytest.raises(ServerError, match="knows no time zone"):
        install(central.superuser_dsn("postgres"), time_zone="Asia/Atlantis")
    assert status(central.superuser_dsn("postgres")).schema_version is None


@POSIX
def test_a_forgotten_password_is_helped_over_tls_all_the_way(central: CentralServer, tmp_path: Path) -> None:
    made = add_administrator(central.superuser_dsn(), "forgetful", "Forgetful")
    change(
        central.superuser_dsn(),
        f"update auth.users set email = 'f@example.com' where login = '{made.login}' returning 1",
    )
    dsn = central.superuser_dsn(user="erp_worker", password=add_worker(central.superuser_dsn()))
    with open_mailbox(tmp_path) as mailbox, working(write_settings(tmp_path, dsn, mailbox.settings())):
        auth.request_reset(central.profile(), made.login)
        (letter,) = mailbox.wait_for(1)
    login = auth.begin_reset(central.profile(), made.login, code_in(text_of(letter)))
    assert (login.stage, login.reason) == (Stage.RENEW, "forgotten")
    done = auth.renew_password(login, "correct horse battery")
    assert done.session is not None
    done.session.database.close()
    refused = central.superuser_dsn(user="erp_worker", password=add_worker(central.superuser_dsn()), sslmode="disable")
    with pytest.raises(psycopg2.OperationalError, match="rejects"):
        psycopg2.connect(refused)
