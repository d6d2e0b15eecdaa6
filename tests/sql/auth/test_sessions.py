"""Sessions: how they end, who ends them, and that nobody reads on over a connection that should be none any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from erp_desktop.services import auth, sessions
from erp_desktop.services.auth import Session
from erp_desktop.services.db import connect
from erp_desktop.services.errors import ErpError, InvalidInput, SessionOver
from tests.helpers.gate import PASSWORD, Door, ask, sqlstate

ENDED = ("57P01", "?")
SEEN = "select count(*) from auth.people"
IDLE = "update auth.sessions set last_active_at = clock_timestamp() - %s::interval where tag = %s"
TRAIL = "select after ->> 'ended_by', role_name::text from audit.changes where operation = 'session_end' order by id"
ATTEMPTS = 40


@contextmanager
def opened(session: Session) -> Iterator[Connection]:
    """A connection of a session."""
    with closing(session.database.connect()) as connection:
        yield connection


def make_idle(door: Door, session: Session, since: str = "61 minutes") -> None:
    door.database.rows(IDLE, since, session.database.tag)


def change(door: Door, admin: Session, command: str, login: str, **more: Any) -> dict[str, Any]:
    """A command on an account, as an administrator gives it by plain SQL."""
    user_id, version = door.database.rows("select id, version from auth.users where login = %s", login)[0]
    return admin.database.call(command, document={"user_id": user_id, **more}, version=version)


def test_the_heartbeat_tells_how_long_the_session_lasts(door: Door) -> None:
    session = door.log_in("李娜")
    pulse = sessions.keep(session, active=False)
    assert pulse.is_live
    assert pulse.ends_idle
    assert 3500 < pulse.seconds_left <= 3600
    make_idle(door, session, "30 minutes")
    assert 1700 < sessions.keep(session, active=False).seconds_left <= 1800
    assert 3500 < sessions.keep(session, active=True).seconds_left <= 3600
    door.set(session_idle=None)
    pulse = sessions.keep(session, active=False)
    assert not pulse.ends_idle
    assert pulse.seconds_left > 11 * 3600
    session.database.close()


def test_idle_time_ends_the_session_its_connections_and_the_secret(door: Door) -> None:
    session, other = door.log_in("李娜"), door.log_in("admin")
    with opened(session) as connection:
        make_idle(door, session)
        sessions.keep(other, active=False)
        assert sqlstate(connection, SEEN) in ENDED
    with pytest.raises(SessionOver):
        session.database.rows("select 1")
    assert door.database.rows(TRAIL) == [("idle", "erp_u_李娜")]
    assert other.database.rows("select 1") == [(1,)]
    other.database.close()


def test_who_comes_too_late_is_not_active_any_more(door: Door) -> None:
    session = door.log_in("李娜")
    make_idle(door, session)
    assert not sessions.keep(session, active=True).is_live
    with pytest.raises(SessionOver), opened(session):
        pass


def test_the_end_of_validity_ends_open_connections_too(door: Door) -> None:
    session = door.log_in("李娜")
    with opened(session) as connection:
        door.database.rows("update auth.sessions set valid_until = clock_timestamp()")
        assert door.attempt("admin") == "ok"  # every login looks for what is over
        assert sqlstate(connection, SEEN) in ENDED
    assert door.database.rows(TRAIL) == [("validity", "erp_u_李娜")]


def test_without_an_idle_time_a_session_stays(door: Door) -> None:
    door.set(session_idle=None)
    session = door.log_in("李娜")
    make_idle(door, session, "11 hours")
    assert door.attempt("admin") == "ok"
    assert session.database.rows("select 1") == [(1,)]
    session.database.close()


def test_one_idle_session_ends_alone(door: Door) -> None:
    idle, busy = door.log_in("李娜"), door.log_in("李娜")
    with opened(idle) as first, opened(busy) as second:
        make_idle(door, idle)
        sessions.keep(busy, active=True)
        assert sqlstate(first, SEEN) in ENDED
        assert sqlstate(second, SEEN) == ""
    busy.database.close()


def test_a_connection_that_names_no_session_of_its_person_ends(door: Door) -> None:
    session, other = door.log_in("李娜"), door.log_in("admin")
    secret = session.database._secret
    for tag in ("", "0123456789ab", other.database.tag, "' or true --"):
        with closing(connect(door.database.profile, session.database.role, secret, tag=tag)) as connection:
            assert sqlstate(connection, SEEN) == ""
            sessions.keep(other, active=False)
            assert sqlstate(connection, SEEN) in ENDED
    session.database.close()
    other.database.close()


def test_a_person_sees_her_sessions_without_what_opens_them(door: Door) -> None:
    here, there, other = door.log_in("李娜"), door.log_in("李娜"), door.log_in("admin")
    mine = sessions.my_sessions(here)
    assert {(each.tag, each.is_this) for each in mine} == {(here.database.tag, True), (there.database.tag, False)}
    assert all(each.computer and each.client.startswith("erp-desktop/") and each.address for each in mine)
    with opened(here) as connection:
        assert sqlstate(connection, "select id from auth.sessions") == "42501"
        assert sqlstate(connection, "select user_id, secret from auth.session_secrets") == "42501"
        assert ask(connection, "select count(*) from auth.session_list") == (2,)
    assert len(sessions.sessions_of(other.database, here.user_id)) == 2
    for session in (here, there, other):
        session.database.close()


def test_ending_one_of_three_ends_it_at_once_and_the_others_go_on(door: Door) -> None:
    here, lost, third = (door.log_in("李娜") for _ in range(3))
    known = lost.database._secret
    with opened(lost) as connection, opened(third) as reading:
        sessions.end_own(here, lost.database.tag)
        assert sqlstate(connection, SEEN) in ENDED
        assert sqlstate(reading, SEEN) in ENDED  # it may be the lost one that names itself so
    for session in (here, third):
        with opened(session) as connection:
            assert sqlstate(connection, SEEN) == ""
        assert session.database._secret != known
    with pytest.raises(SessionOver):
        lost.database.rows("select 1")
    with pytest.raises(SessionOver):
        connect(door.database.profile, lost.database.role, known, tag=here.database.tag)
    assert door.database.rows(TRAIL) == [("person", "erp_u_李娜")]
    here.database.close()
    third.database.close()


def test_all_others_end_together_and_nobody_elses(door: Door) -> None:
    here, *others, admin = *(door.log_in("李娜") for _ in range(3)), door.log_in("admin")
    sessions.end_own(here, but=here.database.tag)
    for session in others:
        with pytest.raises(SessionOver):
            session.database.rows("select 1")
    for session in (here, admin):
        assert session.database.rows("select 1") == [(1,)]
    assert sessions.end_own(here, admin.database.tag)["ended"] == 0
    assert admin.database.rows("select 1") == [(1,)]
    with pytest.raises(InvalidInput):
        here.database.call("auth.end_own_sessions", document={})
    here.database.close()
    admin.database.close()


def test_the_gate_gives_a_secret_for_a_living_session_only(door: Door) -> None:
    session = door.log_in("李娜")
    with door.gate() as gate:
        resume = "select auth.resume_session(%s)"
        assert ask(gate, resume, session.session_id) == (session.database._secret,)
        assert ask(gate, resume, "00000000-0000-0000-0000-000000000000") == (None,)
        make_idle(door, session)
        assert ask(gate, resume, session.session_id) == (None,)
        make_idle(door, session, "1 minute")
        door.database.rows("update auth.users set is_active = false where login = '李娜'")
        assert ask(gate, resume, session.session_id) == (None,)
    session.database.close()


def test_an_administrator_ends_all_sessions_of_a_person(door: Door) -> None:
    session, admin = door.log_in("李娜"), door.log_in("admin")
    with opened(session) as connection:
        change(door, admin, "auth.end_sessions", "李娜")
        assert sqlstate(connection, SEEN) in ENDED
    with pytest.raises(SessionOver):
        session.database.rows("select 1")
    assert door.database.rows(TRAIL) == [("administrator", "erp_u_admin")]
    assert door.attempt("李娜") == "ok"
    clerk = door.log_in("李娜")
    with pytest.raises(ErpError) as refused:
        change(door, clerk, "auth.end_sessions", "admin")
    assert refused.value.code == "42501"
    clerk.database.close()
    admin.database.close()


def test_proving_oneself_is_no_login(door: Door) -> None:
    session = door.log_in("李娜")
    operations = (
        "select operation from audit.changes where operation in ('login', 'proof')"
        " and row_id = (select id from auth.users where login = '李娜') order by id"
    )
    auth.open_account(session, PASSWORD)
    assert [row[0] for row in door.database.rows(operations)] == ["login", "proof"]
    door.enrol("李娜")  # confirms who she is once, whatever she changes then
    assert [row[0] for row in door.database.rows(operations)] == ["login", "proof", "login", "proof"]
    session.database.close()


class Knocker:
    """Connects as a person again and again, however often she is cut, and keeps what got in."""

    def __init__(self, session: Session) -> None:
        self._parameters = session.database.profile.libpq_parameters() | {
            "user": session.database.role,
            "password": session.database._secret,
            "application_name": f"erp-desktop/0.1.0 {session.database.tag}",
        }
        self.inside: list[Connection] = []
        self._stop = threading.Event()

    def run(self) -> None:
        """Connect until told to stop."""
        while not self._stop.is_set():
            try:
                self.inside.append(psycopg2.connect(**self._parameters))
                self.inside[-1].autocommit = True
            except psycopg2.OperationalError:
                continue
            if len(self.inside) > 3:
                self.inside.pop(0).close()

    def stop(self) -> None:
        """Knock no more."""
        self._stop.set()

    def readers(self) -> int:
        """How many of the connections still read."""
        return sum(sqlstate(connection, SEEN) == "" for connection in self.inside)


Step = Callable[[Session], Any]


def race(door: Door, admin: Session, login: str, end: Step, clean: Step) -> tuple[int, int]:
    """Let a person connect while `end` ends her: how many connections read on before `clean`, and how many after."""
    session = door.log_in(login)
    knockers = [Knocker(session) for _ in range(3)]
    with ThreadPoolExecutor(len(knockers)) as pool:
        runs = [pool.submit(each.run) for each in knockers]
        while not all(each.inside for each in knockers):
            threading.Event().wait(0.001)
        end(admin)
        for each in knockers:
            each.stop()
        for run in runs:
            run.result()
    before = sum(each.readers() for each in knockers)
    clean(admin)
    after = sum(each.readers() for each in knockers)
    for each in knockers:
        for connection in each.inside:
            connection.close()
    return before, after


def test_no_connection_outlives_disabling(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    admin = door.log_in("admin")
    slipped = 0
    for _ in range(ATTEMPTS // 2):
        before, after = race(
            door, admin, "李娜", lambda who: change(door, who, "auth.disable_user", "李娜"), sessions.end_what_is_over
        )
        slipped += before
        assert after == 0
        change(door, admin, "auth.enable_user", "李娜")
    with capsys.disabled():
        print(f"\n  {slipped} connections got in while the account was being disabled; none read on")
    admin.database.close()


def test_no_connection_outlives_losing_a_role(door: Door) -> None:
    """The transaction that takes the role away is held open until a connection has got in by it."""
    admin, session = door.log_in("admin"), door.log_in("李娜")
    user_id, version = door.database.rows("select id, version from auth.users where login = '李娜'")[0]
    with opened(admin) as changing:
        changing.autocommit = False
        fields = {"user_id": user_id, "roles": []}
        ask(changing, "select auth.set_user_roles(gen_random_uuid(), %s, %s)", fields, version)
        with opened(session) as slipped:
            ask(slipped, "set role erp_order_view_own")
            changing.commit()
            taken = "select current_user::text"
            assert ask(slipped, taken) == ("erp_order_view_own",)  # PostgreSQL lets a role that was taken on stay
            sessions.end_what_is_over(admin)
            assert sqlstate(slipped, taken) in ENDED
    session.database.close()
    admin.database.close()


def test_who_is_to_be_cut_can_not_strike_herself_off(door: Door) -> None:
    admin, session = door.log_in("admin"), door.log_in("李娜")
    user_id, version = door.database.rows("select id, version from auth.users where login = '李娜'")[0]
    with opened(admin) as changing:
        changing.autocommit = False
        fields = {"user_id": user_id, "roles": []}
        ask(changing, "select auth.set_user_roles(gen_random_uuid(), %s, %s)", fields, version)
        with opened(session) as slipped:
            changing.commit()
            ask(slipped, "select auth.end_what_is_over()")
            assert sqlstate(slipped, SEEN) == ""
            sessions.end_what_is_over(admin)
            assert sqlstate(slipped, SEEN) in ENDED
    session.database.close()
    admin.database.close()
