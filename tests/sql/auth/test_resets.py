"""A forgotten password: what the gate answers, what it counts, and what a mailed code opens."""

from __future__ import annotations

import statistics
import time
from typing import Any

import psycopg2
import pytest

from erp_desktop.services import auth
from erp_desktop.services.auth import Stage
from erp_desktop.services.errors import ErpError, InvalidInput, KnownError, LoginRefused
from tests.helpers.gate import PASSWORD, Door, ask, code_of, sqlstate

NEW = "ein neues, langes Passwort"


@pytest.fixture
def mailing(door: Door) -> Door:
    """The door of a server whose worker sends mail; 李娜 has an address, admin has none."""
    door.database.rows("select meta.report_worker(true)")
    door.database.rows("update auth.users set email = 'lina@example.com', language = 'en' where login = '李娜'")
    return door


def as_worker(door: Door, statement: str, *values: Any) -> Any:
    """The answer of a function to the worker."""
    connection = door.database.as_role("erp_worker")
    try:
        return ask(connection, statement, *values)[0]
    finally:
        connection.close()


def mailed_code(door: Door, login: str = "李娜") -> str:
    """Ask for a code and take it out of the letter that the worker would send."""
    auth.request_reset(door.database.profile, login)
    told = as_worker(door, "select auth.issue_reset_code(%s)", newest(door))
    return str(told["code"])


def newest(door: Door) -> int:
    """The newest request."""
    return int(door.database.value("select max(id) from auth.resets"))


def refused(door: Door, code: str, login: str = "李娜") -> str:
    """The code of the error with which a mailed code is refused; "" if it is taken."""
    try:
        auth.begin_reset(door.database.profile, login, code)
    except ErpError as error:
        return error.code
    return ""


def test_a_mailed_code_leads_to_a_new_password_and_in(mailing: Door) -> None:
    session = mailing.log_in("李娜")
    login = auth.begin_reset(mailing.database.profile, "李娜", mailed_code(mailing).upper().replace("-", " "))
    assert (login.stage, login.reason, login.session) == (Stage.RENEW, "forgotten", None)
    done = auth.renew_password(login, NEW)
    assert done.stage is Stage.DONE and done.session is not None
    assert mailing.attempt("李娜") == "UA101"
    assert mailing.attempt("李娜", NEW) == "ok"
    with pytest.raises(ErpError):
        session.database.rows("select 1")
    done.session.database.close()
    events = mailing.database.rows(
        "select operation from audit.changes where table_name = 'auth.users' order by id desc"
    )
    assert {"forgotten", "password", "login"} <= {operation for (operation,) in events}


def test_the_server_says_whether_it_sends_mail(door: Door) -> None:
    assert not auth.server_info(door.database.profile).sends_mail
    with pytest.raises(KnownError) as caught:
        auth.request_reset(door.database.profile, "李娜")
    assert caught.value.code == "US104"
    door.database.rows("select meta.report_worker(false)")
    assert not auth.server_info(door.database.profile).sends_mail
    door.database.rows("select meta.report_worker(true)")
    assert auth.server_info(door.database.profile).sends_mail
    door.database.rows("update meta.workers set mail_seen_at = mail_seen_at - interval '3 minutes'")
    assert not auth.server_info(door.database.profile).sends_mail


def test_known_unknown_disabled_and_mailless_names_leave_the_same(mailing: Door) -> None:
    mailing.create("off", email="off@example.com")
    mailing.database.rows("update auth.users set is_active = false where login = 'off'")
    for login in ("李娜", "nobody", "off", "admin"):
        auth.request_reset(mailing.database.profile, login)
    jobs = mailing.database.rows("select task_name, queue_name, args from jobs.procrastinate_jobs order by id")
    assert [(task, queue, list(arguments)) for task, queue, arguments in jobs] == [
        ("send_reset_code", "mail", ["reset_id"])
    ] * 4
    ids = [arguments["reset_id"] for _, _, arguments in jobs]
    told = [as_worker(mailing, "select auth.issue_reset_code(%s)", each) for each in ids]
    assert told[1:] == [None, None, None]
    assert (told[0]["address"], told[0]["language"], told[0]["minutes"]) == ("lina@example.com", "en", 15)
    assert len(told[0]["code"]) == 11


def test_the_job_is_gone_with_its_transaction(mailing: Door) -> None:
    with mailing.gate() as gate:
        gate.autocommit = False
        ask(gate, "select auth.request_reset('李娜')")
        gate.rollback()
    assert mailing.database.value("select count(*) from jobs.procrastinate_jobs") == 0
    assert mailing.database.value("select count(*) from auth.resets") == 0


def test_a_code_is_good_once(mailing: Door) -> None:
    code = mailed_code(mailing)
    assert refused(mailing, code, "admin") == "UA126"
    assert refused(mailing, code) == ""
    assert refused(mailing, code) == "UA126"


@pytest.mark.parametrize(
    "change",
    [
        "update auth.resets set expires_at = clock_timestamp()",
        "update auth.users set email = 'other@example.com' where login = '李娜'",
        "update auth.users set is_active = false where login = '李娜'",
        "select auth.drop_logins(u) from auth.users u where u.login = '李娜'",
    ],
)
def test_a_code_is_void_when_what_it_rests_on_has_changed(mailing: Door, change: str) -> None:
    code = mailed_code(mailing)
    mailing.database.rows(change)
    assert refused(mailing, code) == "UA126"


def test_a_repeated_job_makes_the_code_before_void(mailing: Door) -> None:
    first = mailed_code(mailing)
    second = as_worker(mailing, "select auth.issue_reset_code(%s)", newest(mailing))["code"]
    assert refused(mailing, first) == "UA126"
    assert refused(mailing, second) == ""


def test_an_old_request_gets_no_code(mailing: Door) -> None:
    auth.request_reset(mailing.database.profile, "李娜")
    mailing.database.rows("update auth.resets set requested_at = requested_at - interval '31 minutes'")
    assert as_worker(mailing, "select auth.issue_reset_code(%s)", newest(mailing)) is None
    assert as_worker(mailing, "select auth.forget_resets()") == 1


def test_wrong_codes_lock_the_resetting_and_nothing_else(mailing: Door) -> None:
    code = mailed_code(mailing)
    assert [refused(mailing, f"aaaaa-aaaa{n}") for n in range(6)] == ["UA126"] * 5 + ["UL103"]
    assert refused(mailing, code) == "UL103"
    assert mailing.attempt("李娜") == "ok"


def test_a_name_locked_by_wrong_passwords_is_unlocked(mailing: Door) -> None:
    assert [mailing.attempt("李娜", "wrong") for _ in range(6)][-1] == "UL103"
    done = auth.renew_password(auth.begin_reset(mailing.database.profile, "李娜", mailed_code(mailing)), NEW)
    assert done.session is not None
    done.session.database.close()
    assert mailing.attempt("李娜", NEW) == "ok"


def test_an_administrator_unlocks_the_resetting_too(mailing: Door) -> None:
    code = mailed_code(mailing)
    assert [refused(mailing, "wrong") for _ in range(6)][-1] == "UL103"
    user_id, version = mailing.database.rows("select id, version from auth.users where login = '李娜'")[0]
    mailing.call("auth.unlock_user", {"user_id": user_id}, version)
    assert refused(mailing, code) == ""


def test_requests_are_limited_for_known_and_unknown_names(mailing: Door) -> None:
    for login in ("李娜", "nobody"):
        for _ in range(5):
            auth.request_reset(mailing.database.profile, login)
        with pytest.raises(LoginRefused) as caught:
            auth.request_reset(mailing.database.profile, login)
        assert (caught.value.code, caught.value.params["minutes"]) == ("UL104", 5)
    assert mailing.attempt("李娜") == "ok"


def test_who_rolls_back_learns_nothing(mailing: Door) -> None:
    code = mailed_code(mailing)
    with mailing.gate() as gate:
        gate.autocommit = False
        (challenge,) = ask(gate, "select auth.begin_reset('李娜', %s)", code)
        assert ask(gate, "select verdict from auth.finish_login(%s, '{}')", challenge) == ("expired",)
        gate.rollback()
    assert refused(mailing, code) == ""


def test_the_phone_is_asked_before_the_new_password(mailing: Door) -> None:
    secret, _ = mailing.enrol("李娜")
    login = auth.begin_reset(mailing.database.profile, "李娜", mailed_code(mailing))
    assert login.stage is Stage.CODE
    with pytest.raises(LoginRefused):
        auth.begin_enrolment(login)  # an e-mail alone takes no second factor away
    with pytest.raises(LoginRefused):
        auth.give_up_codes(login)
    login = auth.answer_code(login, code_of(secret))
    assert (login.stage, login.reason) == (Stage.RENEW, "forgotten")
    done = auth.renew_password(login, NEW)
    assert done.session is not None
    done.session.database.close()


def test_former_passwords_are_refused_here_too(mailing: Door) -> None:
    login = auth.begin_reset(mailing.database.profile, "李娜", mailed_code(mailing))
    with pytest.raises(InvalidInput) as caught:
        auth.renew_password(login, PASSWORD)
    assert caught.value.code == "UV124"
    done = auth.renew_password(login, NEW)
    assert done.session is not None
    done.session.database.close()


def test_a_code_alone_opens_no_session(mailing: Door) -> None:
    with mailing.gate() as gate:
        (challenge,) = ask(gate, "select auth.begin_reset('李娜', %s)", mailed_code(mailing))
        for client in ("{}", '{"hold": true}'):
            told = ask(gate, "select verdict, secret, session_id from auth.finish_login(%s, %s)", challenge, client)
            assert told == ("renew", None, None)


def test_no_code_is_kept_in_the_clear(mailing: Door) -> None:
    code = mailed_code(mailing).replace("-", "")
    tables = mailing.database.rows(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind = 'r' and n.nspname in ('auth', 'jobs', 'audit', 'meta')"
    )
    for (table,) in tables:
        assert not mailing.database.rows(
            f"select 1 from {table} t where replace(t::text, '-', '') like %s", f"%{code}%"
        )


INSIDE = "select auth.issue_reset_code(1)", "select meta.report_worker(true)", "select meta.defer_job('a', 'b', '{}')"


def test_only_the_worker_reaches_queue_and_codes(mailing: Door) -> None:
    readings = ("table jobs.procrastinate_jobs", "table auth.resets", "table meta.workers", *INSIDE)
    with mailing.gate() as gate:
        assert {sqlstate(gate, each) for each in readings} == {"42501"}
    person = mailing.database.as_person("admin")
    assert {sqlstate(person, each) for each in (*readings, "select auth.begin_reset('a', 'b')")} == {"42501"}
    person.close()


def test_the_worker_can_do_its_work_and_nothing_else(mailing: Door) -> None:
    granted = mailing.database.rows(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where pg_get_userbyid(n.nspowner) = 'erp_owner' and has_function_privilege('erp_worker', p.oid, 'execute')"
        " order by 1"
    )
    assert [name for (name,) in granted] == [
        "audit.seal_changes()",
        "auth.end_what_is_over()",
        "auth.forget_resets()",
        "auth.issue_reset_code(bigint)",
        "meta.report_worker(boolean)",
    ]
    tables = mailing.database.rows(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where pg_get_userbyid(n.nspowner) = 'erp_owner' and c.relkind in ('r', 'p', 'v', 'S')"
        " and (has_table_privilege('erp_worker', c.oid, 'select, insert, update, delete'))"
        " and c.relkind <> 'S'"
    )
    assert tables == []
    worker = mailing.database.as_role("erp_worker")
    for statement in ("create table jobs.x ()", "table auth.credentials", "select auth.begin_login('x')"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(worker, statement)
    worker.close()


CALLS = {"asking": "select auth.request_reset(%s)", "a wrong code": "select auth.begin_reset(%s, 'aaaaa-aaaaa')"}


@pytest.mark.parametrize("call", CALLS)
def test_known_and_unknown_names_take_the_same_time(
    mailing: Door, call: str, record_property: pytest.RecordProperty
) -> None:
    mailed_code(mailing)
    mailing.set(failures_allowed=100, address_failures_allowed=100000)
    times: dict[str, list[float]] = {"李娜": [], "nobody": []}
    with mailing.gate() as gate:
        for n in range(90):
            for login in sorted(times, reverse=bool(n % 2)):
                began = time.perf_counter()
                ask(gate, CALLS[call], login)
                times[login].append(time.perf_counter() - began)
    known, unknown = (statistics.median(each) * 1000 for each in times.values())
    record_property("known_ms", round(known, 2))
    record_property("unknown_ms", round(unknown, 2))
    print(f"\nforgotten passwords, {call}, medians: known {known:.2f} ms, unknown {unknown:.2f} ms")
    assert abs(known - unknown) < max(0.5, 0.25 * max(known, unknown))


ODD = ("' or true --", "%s%%", "{0}", "erp_owner", "", '"; drop role x; --', "x" * 5000, "李娜\u202e", "a,b@c")


@pytest.mark.parametrize("odd", ODD)
def test_odd_names_and_codes_change_nothing(mailing: Door, odd: str) -> None:
    auth.request_reset(mailing.database.profile, odd)
    assert as_worker(mailing, "select auth.issue_reset_code(%s)", newest(mailing)) is None
    assert (refused(mailing, odd), refused(mailing, odd, odd)) == ("UA126", "UA126")
    assert mailing.attempt("李娜") == "ok"
