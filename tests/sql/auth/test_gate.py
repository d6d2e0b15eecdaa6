"""The gate: who is let in, who is locked out, and what guessers learn."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from scramp import ScramClient

from erp_desktop.services.auth import log_out
from erp_desktop.services.errors import LoginRefused, SessionOver, VersionMismatch, sentence
from tests.helpers.gate import PASSWORD, Door, ask, sqlstate

SCRAM = "SCRAM-SHA-256"


def begin(gate: Any, login: str, password: str = PASSWORD) -> tuple[str, ScramClient]:
    """The first step of a login; the challenge, and the client that can answer it."""
    client = ScramClient([SCRAM], login, password)
    first = client.get_client_first().split(",", 2)[2]
    challenge, server_first = ask(gate, "select * from auth.begin_login(%s)", first)
    client.set_server_first(server_first)
    return challenge, client


def verdict(gate: Any, challenge: str) -> str:
    """The last step of a login."""
    return str(ask(gate, "select verdict from auth.finish_login(%s, %s)", challenge, {})[0])


def test_the_right_password_opens_connections_as_the_person(door: Door) -> None:
    session = door.log_in("李娜")
    assert session.database.rows("select session_user::text, current_user::text") == [("erp_u_李娜", "erp_u_李娜")]
    assert session.has("erp_order_enter")
    assert not session.has("erp_cost_view")
    assert dt.timedelta(hours=11) < session.valid_until - dt.datetime.now(dt.UTC) <= dt.timedelta(hours=12)
    session.database.close()


@pytest.mark.parametrize("typed", ["李娜", " 李娜 "])
def test_a_login_is_found_by_its_normal_form(door: Door, typed: str) -> None:
    assert door.attempt(typed) == "ok"


def test_capitals_and_wide_letters_are_the_same_name(door: Door) -> None:
    assert door.attempt("ADMIN") == "ok"
    assert door.attempt("ＡＤＭＩＮ") == "ok"


@pytest.mark.parametrize("login", ["a,b=c", "=2C", "o'x%s", "'\"/**/or/**/1=1--", "%I%L", "$$", "\\", "a_b"])
def test_any_printable_name_can_log_in(door: Door, login: str) -> None:
    door.create(login)
    assert door.attempt(login) == "ok"
    assert door.attempt(login, "wrong") == "UA101"


@pytest.mark.parametrize(
    "login", ["a b", "a;b", "a\tb", "a\u3000b", "a\u00a0b", "a\u200bb", '"; drop role postgres; --']
)
def test_a_login_has_no_blank_semicolon_or_invisible_character(door: Door, login: str) -> None:
    with pytest.raises(psycopg2.Error) as refused:
        door.create(login)
    assert (refused.value.pgcode, refused.value.diag.column_name) == ("UV101", "login")
    assert door.database.rows("select from pg_roles where rolname like 'erp_u_a%%b'") == []


def test_a_wrong_password_is_refused_and_counted(door: Door) -> None:
    assert door.attempt("李娜", "wrong") == "UA101"
    assert door.failures("李娜") == 1
    assert door.attempt("李娜") == "ok"
    assert door.failures("李娜") == 0


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(door: Door) -> None:
    assert [door.attempt("李娜", f"wrong{n}") for n in range(6)] == ["UA101"] * 5 + ["UL103"]
    with pytest.raises(LoginRefused) as refused:
        door.log_in("李娜")
    assert (refused.value.code, refused.value.params["minutes"]) == ("UL103", 5)
    assert "5" in sentence(refused.value, "zh")
    assert door.attempt("admin") == "ok"


def test_each_further_failure_doubles_the_time(door: Door) -> None:
    minutes = []
    for _ in range(4):
        door.attempt("李娜", "wrong")
    for _ in range(4):
        door.attempt("李娜", "wrong")
        with pytest.raises(LoginRefused) as refused:
            door.log_in("李娜")
        minutes.append(refused.value.params["minutes"])
        door.database.rows("update auth.name_failures set locked_until = clock_timestamp()")
    assert minutes == [5, 10, 20, 40]
    assert door.attempt("李娜") == "ok"
    assert door.failures("李娜") == 0


def test_a_lock_never_grows_beyond_its_limit(door: Door) -> None:
    door.attempt("李娜", "wrong")
    door.database.rows("update auth.name_failures set failures = 2000000000")
    door.attempt("李娜", "wrong")
    with pytest.raises(LoginRefused) as refused:
        door.log_in("李娜")
    assert refused.value.params["minutes"] == 24 * 60


def test_failures_of_yesterday_are_forgotten(door: Door) -> None:
    for _ in range(4):
        door.attempt("李娜", "wrong")
    door.database.rows("update auth.name_failures set last_at = last_at - interval '25 hours'")
    assert [door.attempt("李娜", "wrong") for _ in range(2)] == ["UA101"] * 2
    assert door.failures("李娜") == 2


def test_an_administrator_unlocks(door: Door) -> None:
    for _ in range(5):
        door.attempt("李娜", "wrong")
    admin = door.log_in("admin")
    user_id, version = door.database.rows("select id, version from auth.users where login = '李娜'")[0]
    admin.database.call("auth.unlock_user", document={"user_id": user_id}, version=version)
    admin.database.close()
    assert door.attempt("李娜") == "ok"


def test_an_unknown_name_is_answered_like_a_known_one(door: Door) -> None:
    assert [door.attempt("nobody", f"wrong{n}") for n in range(6)] == ["UA101"] * 5 + ["UL103"]
    firsts = []
    with door.gate() as gate:
        for login in ("李娜", "Nobody", "nobody"):
            _, client = begin(gate, login)
            firsts.append((bytes(client.salt), int(client.iterations), len(str(client.nonce))))
    (known_salt, *known), (unknown_salt, *unknown), again = firsts
    assert (len(unknown_salt), *unknown) == (len(known_salt), *known)
    assert (unknown_salt, *unknown) == again


def test_known_and_unknown_names_take_the_same_time(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    door.set(failures_allowed=100, address_failures_allowed=100_000)
    times: dict[str, list[float]] = {"李娜": [], "nobody": []}
    with door.gate() as gate:
        for _ in range(60):
            for login, measured in times.items():
                started = time.perf_counter()
                challenge, client = begin(gate, login, "wrong")
                between = time.perf_counter()
                final = client.get_client_final()
                resumed = time.perf_counter()
                ask(gate, "select auth.answer_login(%s, %s)", challenge, final)
                assert verdict(gate, challenge) == "refused"
                measured.append(1000 * (time.perf_counter() - resumed + between - started))
    known, unknown = (statistics.median(measured) for measured in times.values())
    with capsys.disabled():
        print(
            f"\nserver's time for a wrong password: known name {known:.2f} ms, unknown name {unknown:.2f} ms (medians)"
        )
    # Whatever else this computer does makes single answers slower, never faster: the fastest ones are compared.
    fastest_known, fastest_unknown = (min(measured) for measured in times.values())
    assert abs(fastest_known - fastest_unknown) < 0.25 * fastest_known


def test_twenty_guessers_at_once_get_five_guesses(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = Counter(pool.map(lambda n: door.attempt("李娜", f"wrong{n}"), range(100)))
    with capsys.disabled():
        print(f"\n100 guesses by 20 guessers: {answers['UA101']} let through, {answers['UL103']} locked out")
    assert answers == {"UA101": 5, "UL103": 95}


def test_one_address_may_not_try_many_names(door: Door) -> None:
    door.set(address_failures_allowed=8)
    with ThreadPoolExecutor(10) as pool:
        answers = Counter(pool.map(lambda n: door.attempt(f"name{n}", "wrong"), range(40)))
    assert answers == {"UA101": 8, "UL103": 32}
    assert door.attempt("李娜") == "UL103"
    door.database.rows("update auth.address_failures set last_at = last_at - interval '2 minutes'")
    assert door.attempt("李娜") == "ok"


def test_twenty_logins_at_once_share_one_secret(door: Door) -> None:
    with ThreadPoolExecutor(20) as pool:
        sessions = list(pool.map(lambda _: door.log_in("李娜"), range(20)))
    assert len({session.session_id for session in sessions}) == 20
    assert door.database.value("select count(*) from auth.session_secrets") == 1
    assert {session.database.rows("select session_user::text")[0][0] for session in sessions} == {"erp_u_李娜"}
    for session in sessions:
        session.database.close()


def test_a_guesser_who_rolls_back_learns_nothing(door: Door) -> None:
    with door.gate() as gate:
        gate.autocommit = False
        challenge, client = begin(gate, "李娜")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
        assert verdict(gate, challenge) == "expired"
        gate.rollback()
        ask(gate, "savepoint one")
        challenge, client = begin(gate, "李娜")
        ask(gate, "savepoint two")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
        ask(gate, "savepoint three")
        assert verdict(gate, challenge) == "expired"


def test_a_guess_that_was_answered_stays_counted(door: Door) -> None:
    with door.gate() as gate:
        challenge, client = begin(gate, "李娜", "wrong")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
        gate.autocommit = False
        assert verdict(gate, challenge) == "refused"
        gate.rollback()
    assert door.failures("李娜") == 1


def test_a_challenge_takes_one_answer(door: Door) -> None:
    with door.gate() as gate:
        challenge, wrong = begin(gate, "李娜", "wrong")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, wrong.get_client_final())
        right = ScramClient([SCRAM], "李娜", PASSWORD, c_nonce=str(wrong.c_nonce))
        right.get_client_first()
        right.set_server_first(wrong.server_first)
        ask(gate, "select auth.answer_login(%s, %s)", challenge, right.get_client_final())
        assert verdict(gate, challenge) == "refused"
        assert verdict(gate, challenge) == "expired"


def test_an_answer_does_not_fit_another_challenge(door: Door) -> None:
    with door.gate() as gate:
        _, client = begin(gate, "李娜")
        other, _ = begin(gate, "李娜")
        ask(gate, "select auth.answer_login(%s, %s)", other, client.get_client_final())
        assert verdict(gate, other) == "refused"


def test_a_challenge_expires(door: Door) -> None:
    with door.gate() as gate:
        challenge, client = begin(gate, "李娜")
        door.database.rows("update auth.challenges set expires_at = clock_timestamp() - interval '1 s'")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
        assert verdict(gate, challenge) == "expired"
        begin(gate, "李娜")
    assert door.database.value("select count(*) from auth.challenges") == 1


@pytest.mark.parametrize(
    "final",
    [
        "",
        "p=",
        "c=biws,r=x,p=!",
        "c=eSws,r=x,p=" + "A" * 43 + "=",
        "'; drop table auth.users; --",
        "%s%n",
        "x" * 100_000,
    ],
)
def test_a_malformed_answer_is_a_wrong_one(door: Door, final: str) -> None:
    with door.gate() as gate:
        challenge, _ = begin(gate, "李娜")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, final)
        assert verdict(gate, challenge) == "refused"
    assert door.failures("李娜") == 1


@pytest.mark.parametrize(
    "first",
    ["", "n=,r=0123456789abcdef", "n=x,r=short", "n=x", "r=x,n=y", "n=x,r=0123456789\nabcdef", "n=x,r=" + "a" * 300],
)
def test_a_malformed_first_message_is_refused(door: Door, first: str) -> None:
    with door.gate() as gate:
        assert sqlstate(gate, "select auth.begin_login(%s)", first) == "UV107"


@pytest.mark.parametrize(
    "client", [{"computer": "'; drop table auth.users; --%s"}, {}, {"computer": ["x"]}, {"computer": "x" * 9999}]
)
def test_what_the_client_says_of_itself_is_text_only(door: Door, client: dict[str, Any]) -> None:
    with door.gate() as gate:
        challenge, scram = begin(gate, "李娜")
        ask(gate, "select auth.answer_login(%s, %s)", challenge, scram.get_client_final())
        assert ask(gate, "select verdict from auth.finish_login(%s, %s)", challenge, client) == ("ok",)
    assert len(door.database.value("select computer from auth.sessions")) <= 100


def test_a_server_that_does_not_know_the_verifier_is_found_out(door: Door) -> None:
    door.database.rows("update auth.credentials set server_key = sha256(server_key)")
    assert door.attempt("李娜") == "UA103"


def test_a_disabled_person_is_told_so_only_after_the_right_password(door: Door) -> None:
    door.database.rows("update auth.users set is_active = false where login = '李娜'")
    assert door.attempt("李娜", "wrong") == "UA101"
    assert door.attempt("李娜") == "UA102"


def test_an_expired_session_opens_no_connection(door: Door) -> None:
    session = door.log_in("李娜")
    door.database.rows("alter role \"erp_u_李娜\" valid until '2020-01-01'")
    with pytest.raises(SessionOver) as over:
        session.database.rows("select 1")
    assert "登录" in sentence(over.value, "zh_CN")


def test_a_login_near_the_end_of_a_session_gets_a_new_secret(door: Door) -> None:
    old = door.log_in("李娜")
    door.database.rows("update auth.session_secrets set valid_until = clock_timestamp() + interval '30 minutes'")
    new = door.log_in("李娜")
    # Both logins may fall into one second, and times are kept in whole seconds: the new one is as long as the first.
    assert new.valid_until >= old.valid_until
    assert door.database.value("select valid_until from auth.session_secrets") == new.valid_until
    secret = old.database._secret
    assert secret != new.database._secret
    assert old.database.rows("select 1") == [(1,)]  # it lasts until its own end, with the secret of the new one
    assert old.database._secret == new.database._secret
    old.database.close()
    new.database.close()


def test_a_person_who_changes_her_roles_password_gets_in_again(door: Door) -> None:
    door.create("lina")
    session = door.log_in("lina")
    with closing(session.database.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("alter role erp_u_lina password 'guess'")
    again = door.log_in("lina")
    again.database.close()
    assert again.database.rows("select 1")
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(**(door.database.profile.libpq_parameters() | {"user": "erp_u_lina", "password": "guess"}))


def test_a_client_or_server_that_is_too_old_is_told_before_the_password(door: Door) -> None:
    door.database.rows("update meta.versions set min_client = '9.10.0'")
    with pytest.raises(VersionMismatch) as mismatch:
        door.log_in("李娜")
    assert mismatch.value.code == "08V01"
    assert "9.10.0" in sentence(mismatch.value, "en")
    door.database.rows("update meta.versions set min_client = '0.0.9', schema_version = '0.0.9'")
    assert door.attempt("李娜") == "08V02"


def test_every_attempt_is_recorded_and_no_unknown_name_is_kept(door: Door) -> None:
    door.attempt("李娜")
    door.attempt("李娜", "wrong")
    door.attempt("my-secret-password", "x")
    rows = door.database.rows(
        "select u.login, a.verdict, a.address::text, a.client, a.name_mark from auth.attempts a"
        " left join auth.users u on u.id = a.user_id order by a.id"
    )
    assert [row[:2] for row in rows] == [
        ("李娜", "proved"),
        ("李娜", "ok"),
        ("李娜", "refused"),
        (None, "refused"),
    ]
    assert {row[2] for row in rows} == {"127.0.0.1/32"}
    assert all(row[3].startswith("erp-desktop/") for row in rows)
    assert len({bytes(row[4]) for row in rows}) == 2


def test_logins_and_failures_are_events_of_the_trail(door: Door) -> None:
    made = door.create("lina")
    for _ in range(5):
        door.attempt("lina", "wrong")
    door.attempt("lina")
    door.attempt("nobody", "wrong")
    admin = door.log_in("admin")
    admin.database.call("auth.unlock_user", document={"user_id": made["id"]}, version=made["version"])
    log_out(door.log_in("lina"))
    events = door.database.rows(
        "select operation, row_id, role_name::text, after ->> 'verdict' from audit.changes"
        " where operation not in ('insert', 'update', 'delete') and row_id in (0, %s) order by id",
        made["id"],
    )
    lina, gate = made["id"], "erp_gate"
    assert events == [
        *[("refusal", lina, gate, "refused")] * 5,
        ("lockout", lina, gate, "locked"),
        ("refusal", 0, gate, "refused"),
        ("unlock", lina, "erp_u_admin", None),
        ("login", lina, "erp_u_lina", "ok"),
        ("logout", lina, "erp_u_lina", None),
    ]
    admin.database.close()


def test_no_statement_holds_a_password_or_a_secret(door: Door) -> None:
    door.database.rows(f"alter database {door.database.name} set log_statement = 'all'")
    door.database.rows(f"alter database {door.database.name} set log_min_duration_statement = 0")
    session = door.log_in("李娜")
    secret = session.database._secret
    session.database.close()
    log = door.database.server._log.read_text(encoding="utf-8", errors="replace")
    assert "auth.answer_login" in log
    assert secret not in log
    assert PASSWORD not in log


def test_the_statements_of_a_login_are_not_seen_by_others_at_the_gate(door: Door) -> None:
    with door.gate() as victim, door.gate() as spy:
        challenge, client = begin(victim, "李娜")
        ask(victim, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
        pid = victim.info.backend_pid
        assert ask(spy, "select count(*), coalesce(max(query), '') from pg_stat_activity where pid = %s", pid) == (
            1,
            "",
        )
        assert sqlstate(spy, "set track_activities = on") == "42501"
        assert sqlstate(spy, "select pg_terminate_backend(%s)", pid) == "42501"
        assert verdict(victim, challenge) == "ok"


def test_a_guest_fills_no_disk(door: Door) -> None:
    sort = "select count(*) from (select n from generate_series(1, 1000000) n order by n::text desc offset 1) x"
    with door.gate() as gate:
        assert sqlstate(gate, sort) == "53400"
        assert sqlstate(gate, "set temp_file_limit = -1") == "42501"


def test_the_gate_may_only_try_to_log_people_in(door: Door) -> None:
    door.log_in("李娜").database.close()
    ours = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'"
    rights = "'select, insert, update, delete, truncate, references, trigger'"
    relations = f"""
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {ours} and c.relkind in ('r', 'p', 'v', 'm', 'S')
        and case when c.relkind = 'S' then has_sequence_privilege('erp_gate', c.oid, 'usage, select, update')
            else has_table_privilege('erp_gate', c.oid, {rights})
                or has_any_column_privilege('erp_gate', c.oid, 'select, insert, update, references') end"""
    functions = f"""
        select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where {ours} and has_schema_privilege('erp_gate', n.oid, 'usage')
        and has_function_privilege('erp_gate', p.oid, 'execute') order by 1"""
    assert door.database.rows(relations) == []
    assert [row[0] for row in door.database.rows(functions)] == [
        "auth.answer_code(uuid,text)",
        "auth.answer_login(uuid,text)",
        "auth.begin_enrolment(uuid)",
        "auth.begin_login(text)",
        "auth.begin_reset(text,text)",
        "auth.confirm_enrolment(uuid,text)",
        "auth.finish_login(uuid,jsonb)",
        "auth.give_up_codes(uuid)",
        "auth.renew_password(uuid,jsonb)",
        "auth.renew_recovery_codes(uuid)",
        "auth.request_reset(text)",
        "auth.resume_session(uuid)",
        "auth.server_info()",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "select * from auth.users",
        "select * from auth.credentials",
        "select * from auth.session_secrets",
        "select auth.user_id()",
        "select auth.open_challenge(gen_random_uuid())",
        "select * from auth.code_secrets",
        "select * from auth.recovery_codes",
        "select auth.totp('12345678901234567890', 1)",
        "select auth.check_code(1, '000000')",
        "select auth.create_user(gen_random_uuid(), '{}')",
        "create table public.x ()",
        "create table auth.x ()",
        "create temporary table x ()",
        "create schema x",
        "create role x",
        "set role erp_owner",
        "set role erp_person",
        "set session authorization postgres",
        "alter role \"erp_u_李娜\" password 'x'",
        "grant erp_person to erp_gate",
        "select lo_create(0)",
        "select lo_from_bytea(0, 'x')",
        "copy (select 1) to program 'true'",
        "select pg_read_file('/etc/passwd')",
        "select * from pg_authid",
        "do $$ begin perform 1 from auth.users; end $$",
    ],
)
def test_the_gate_is_refused_everything_else(door: Door, statement: str) -> None:
    with door.gate() as gate:
        assert sqlstate(gate, statement) == "42501"
