"""The stages of a login: codes, setting them up, new passwords; what a wrong answer costs, and that none is skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from erp_desktop.services import auth, passwords
from erp_desktop.services.auth import Login, Stage
from erp_desktop.services.errors import ErpError, InvalidInput, LoginRefused, NotAllowed, SessionOver
from tests.helpers.gate import PASSWORD, Door, ask, code_of, this_step

NEW = "eine neue Losung für 李娜"
CLERK = "erp_job_sales_clerk"


def code_of_error(action: Callable[..., Any], *values: Any) -> str:
    """The code with which an action is refused; "" if it is not."""
    try:
        action(*values)
    except ErpError as error:
        return error.code
    return ""


def verdicts(door: Door) -> list[str]:
    return [row[0] for row in door.database.rows("select verdict from auth.attempts order by id")]


def live_sessions(door: Door) -> int:
    return int(door.database.value("select count(*) from auth.sessions"))


# Codes


def test_a_login_with_a_code_opens_a_session_only_after_the_code(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    before = live_sessions(door)
    login = door.begin("李娜")
    assert (login.stage, login.session) == (Stage.CODE, None)
    assert live_sessions(door) == before
    done = auth.answer_code(login, code_of(secret))
    assert (done.stage, done.recovery_codes_left) == (Stage.DONE, 10)
    assert done.session is not None
    assert done.session.database.rows("select session_user::text")[0][0] == "erp_u_李娜"
    done.session.database.close()
    assert verdicts(door)[-2:] == ["proved", "ok"]


def test_a_code_is_taken_with_the_step_before_and_after_but_no_further(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    answers: dict[int, str] = {}
    for steps in (-2, -1, 0, 1, 2):
        step = -1
        while step != this_step():  # the step must not change while the code is on its way
            step = this_step()
            door.database.rows("update auth.code_secrets set last_step = 0")
            answers[steps] = code_of_error(auth.answer_code, door.begin("李娜"), code_of(secret, steps))
    assert answers == {-2: "UA121", -1: "", 0: "", 1: "", 2: "UA121"}


def test_no_code_is_taken_twice(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    code = code_of(secret)
    assert code_of_error(auth.answer_code, door.begin("李娜"), code) == ""
    assert code_of_error(auth.answer_code, door.begin("李娜"), code) == "UA122"
    assert code_of_error(auth.answer_code, door.begin("李娜"), code_of(secret, 1)) == ""


def test_ten_logins_at_once_share_no_code(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    door.set(failures_allowed=100)
    logins = [door.begin("李娜") for _ in range(10)]
    code = code_of(secret)
    with ThreadPoolExecutor(10) as pool:
        answers = Counter(pool.map(lambda login: code_of_error(auth.answer_code, login, code), logins))
    assert answers == {"": 1, "UA122": 9}


def test_after_a_wrong_code_the_same_login_may_try_another(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    login = door.begin("李娜")
    assert code_of_error(auth.answer_code, login, "000000") == "UA121"
    assert door.failures("李娜") == 1
    assert auth.answer_code(login, code_of(secret)).stage is Stage.DONE
    assert door.failures("李娜") == 0
    assert "code_refused" in verdicts(door)


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}-{1}\t", "\0{0}{1}"])
def test_a_code_may_be_typed_in_groups_and_wide_digits(door: Door, typed: str) -> None:
    secret, _ = door.enrol("李娜")
    code = code_of(secret)
    assert auth.answer_code(door.begin("李娜"), typed.format(code[:3], code[3:])).stage is Stage.DONE
    wide = code_of(secret, 1).translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    assert auth.answer_code(door.begin("李娜"), wide).stage is Stage.DONE


def test_five_wrong_codes_lock_the_name_for_password_and_code(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    login = door.begin("李娜")
    assert [code_of_error(auth.answer_code, login, "000000") for _ in range(6)] == ["UA121"] * 5 + ["UL103"]
    assert code_of_error(auth.answer_code, login, code_of(secret)) == "US103"
    assert door.attempt("李娜") == "UL103"


def test_the_right_password_sets_no_guesses_of_codes_free(door: Door) -> None:
    """Who knows the password only can't begin anew after each wrong code to guess for ever."""
    door.enrol("李娜")
    answers = [code_of_error(lambda: auth.answer_code(door.begin("李娜"), "000000")) for _ in range(7)]
    assert answers == ["UA121"] * 5 + ["UL103"] * 2


@pytest.mark.parametrize("code", ["", "12345", "1234567", "x" * 100_000, "'; drop table auth.users; --", "%s", "１２"])
def test_a_malformed_code_is_a_wrong_one(door: Door, code: str) -> None:
    door.enrol("李娜")
    assert code_of_error(auth.answer_code, door.begin("李娜"), code) == "UA121"
    assert door.failures("李娜") == 1


def test_a_guesser_of_codes_who_rolls_back_learns_nothing(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    login = door.begin("李娜")
    with door.gate() as gate:
        gate.autocommit = False
        ask(gate, "select auth.answer_code(%s, %s)", login.challenge, code_of(secret))
        assert ask(gate, "select verdict from auth.finish_login(%s, '{}')", login.challenge) == ("expired",)
        gate.rollback()
    assert door.failures("李娜") == 0
    assert auth.answer_code(login, code_of(secret)).stage is Stage.DONE


@pytest.mark.parametrize("command", ["auth.reset_password", "auth.disable_user", "auth.reset_codes"])
def test_what_an_administrator_changes_ends_logins_under_way(door: Door, command: str) -> None:
    door.create("newcomer", CLERK, must_change=True)
    login = door.begin("newcomer")
    admin = door.log_in("admin")
    user_id, version = door.database.rows("select id, version from auth.users where login = 'newcomer'")[0]
    document = {"user_id": user_id, **passwords.make_credentials("given by the administrator", 4096)}
    admin.database.call(command, document=document, version=version)
    admin.database.close()
    assert code_of_error(auth.renew_password, login, NEW) == "US103"
    assert door.attempt("newcomer", NEW) == "UA101"


def test_a_new_password_ends_other_logins_under_way(door: Door) -> None:
    door.create("newcomer", CLERK, must_change=True)
    mine, other = door.begin("newcomer"), door.begin("newcomer")
    assert auth.renew_password(mine, NEW).stage is Stage.DONE
    assert code_of_error(auth.renew_password, other, f"{NEW} anders") == "US103"
    assert door.attempt("newcomer", NEW) == "ok"


def test_twenty_guessers_of_codes_who_know_the_password_are_locked_out(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    door.enrol("李娜")

    def guess(_n: int) -> str:
        return code_of_error(lambda: auth.answer_code(door.begin("李娜"), "000000"))

    with ThreadPoolExecutor(20) as pool:
        answers = Counter(pool.map(guess, range(100)))
    with capsys.disabled():
        print(f"\n100 guesses of codes by 20 who know the password: {answers['UA121']} let through")
    assert answers == {"UA121": 5, "UL103": 95}


def test_a_login_serves_once(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    login = door.begin("李娜")
    auth.answer_code(login, code_of(secret))
    assert code_of_error(auth.answer_code, login, code_of(secret, 1)) == "US103"


def test_a_stage_does_not_wait_for_ever(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    login = door.begin("李娜")
    left = door.database.value("select extract(epoch from expires_at - clock_timestamp())::int from auth.challenges")
    assert 540 <= left <= 600
    door.database.rows("update auth.challenges set expires_at = clock_timestamp()")
    assert code_of_error(auth.answer_code, login, code_of(secret)) == "US103"


def test_nobody_comes_to_the_codes_without_the_password(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    challenge = door.begin("李娜").challenge
    door.database.rows("update auth.challenges set answered_in = null, verdict = null")
    with door.gate() as gate:
        for function in ("begin_enrolment", "renew_recovery_codes"):
            assert ask(gate, f"select auth.{function}(%s)", challenge) == (None,)
        ask(gate, "select auth.answer_code(%s, %s)", challenge, code_of(secret))
        assert ask(gate, "select verdict from auth.finish_login(%s, '{}')", challenge) == ("expired",)
        door.database.rows("update auth.challenges set answered_in = '1', verdict = 'refused'")
        ask(gate, "select auth.answer_code(%s, %s)", challenge, code_of(secret))
        assert ask(gate, "select verdict from auth.finish_login(%s, '{}')", challenge) == ("refused",)


# Recovery codes


def test_each_of_ten_recovery_codes_is_good_once(door: Door) -> None:
    _, codes = door.enrol("李娜")
    assert len(set(codes)) == 10
    done = auth.answer_code(door.begin("李娜"), codes[3].upper().replace("-", " "))
    assert (done.stage, done.recovery_codes_left) == (Stage.DONE, 9)
    assert code_of_error(auth.answer_code, door.begin("李娜"), codes[3]) == "UA121"
    assert code_of_error(auth.answer_code, door.begin("李娜"), codes[0]) == ""


def test_recovery_codes_are_kept_as_keyed_hashes(door: Door) -> None:
    _, codes = door.enrol("李娜")
    kept = {bytes(row[0]) for row in door.database.rows("select mark from auth.recovery_codes")}
    mark = "select auth.recovery_mark(id, %s) from auth.users where login = '李娜'"
    assert {bytes(door.database.value(mark, code.replace("-", ""))) for code in codes} == kept


# Setting up


def test_who_needs_codes_sets_them_up_before_she_is_let_in(door: Door) -> None:
    door.demand_codes(CLERK)
    login = door.begin("李娜")
    assert (login.stage, login.session) == (Stage.ENROL, None)
    enrolment = auth.begin_enrolment(login)
    assert enrolment.address.startswith("otpauth://totp/Tenon%3A")
    assert f"secret={enrolment.secret}&issuer=Tenon" in enrolment.address
    assert code_of_error(auth.confirm_enrolment, login, "000000") == "UA121"
    assert door.failures("李娜") == 0
    done = auth.confirm_enrolment(login, code_of(enrolment.secret))
    assert (done.stage, len(done.recovery_codes)) == (Stage.DONE, 10)
    assert auth.answer_code(door.begin("李娜"), code_of(enrolment.secret, 1)).stage is Stage.DONE
    assert door.attempt("admin") == "ok"


def test_a_secret_counts_for_nothing_until_it_is_confirmed(door: Door) -> None:
    door.demand_codes(CLERK)
    login = door.begin("李娜")
    first = auth.begin_enrolment(login).secret
    second = auth.begin_enrolment(login).secret
    assert code_of_error(auth.confirm_enrolment, login, code_of(first)) == "UA121"
    assert door.begin("李娜").stage is Stage.ENROL
    assert auth.confirm_enrolment(login, code_of(second)).stage is Stage.DONE


def test_setting_up_can_not_be_passed_over(door: Door) -> None:
    door.demand_codes(CLERK)
    login = door.begin("李娜")
    with door.gate() as gate:
        ask(gate, "select auth.answer_code(%s, '000000')", login.challenge)
        ask(gate, "select auth.renew_password(%s, %s)", login.challenge, passwords.make_credentials(NEW, 4096))
        assert ask(gate, "select verdict from auth.finish_login(%s, '{}')", login.challenge) == ("code_refused",)
        assert ask(gate, "select auth.renew_recovery_codes(%s)", login.challenge) == (None,)
        assert ask(gate, "select auth.give_up_codes(%s)", login.challenge) == (False,)
    assert live_sessions(door) == 0
    assert door.attempt("李娜", NEW) == "UA101"


def test_another_authenticator_needs_a_code_of_the_old_one(door: Door) -> None:
    old, _ = door.enrol("李娜")
    login = door.begin("李娜")
    assert code_of_error(auth.begin_enrolment, login) == "US103"
    session = auth.log_in(door.database.profile, "李娜", PASSWORD, code_of(old))
    door.database.rows("update auth.code_secrets set last_step = 0")
    account = auth.open_account(session, PASSWORD, code_of(old))
    new = auth.begin_enrolment(account).secret
    auth.confirm_enrolment(account, code_of(new))
    assert code_of_error(auth.answer_code, door.begin("李娜"), code_of(old, 1)) == "UA121"
    assert code_of_error(auth.answer_code, door.begin("李娜"), code_of(new, 1)) == ""
    session.database.close()


def test_a_demand_is_had_through_other_roles_and_set_by_a_command(door: Door) -> None:
    admin = door.log_in("admin")
    rules = dict(admin.database.rows("select * from auth.gate_rules")[0]._mapping)
    version = rules.pop("version")
    rules["roles_with_codes"] = ["erp_order_enter"]
    admin.database.call("auth.save_gate_rules", document=rules, version=version)
    assert door.begin("李娜").stage is Stage.ENROL
    assert door.begin("admin").stage is Stage.DONE
    rules["roles_with_codes"] = ["erp_owner"]
    with pytest.raises(InvalidInput, match="UV102"):
        admin.database.call("auth.save_gate_rules", document=rules, version=version + 1)
    trail = "select before, after from audit.changes where table_name = 'auth.gate_settings'"
    assert door.database.rows(trail) == [
        ({"roles_with_codes": [], "version": 1}, {"roles_with_codes": ["erp_order_enter"], "version": 2})
    ]
    admin.database.close()


# New passwords


def test_a_password_that_somebody_else_chose_opens_no_session(door: Door) -> None:
    door.create("newcomer", CLERK, must_change=True)
    login = door.begin("newcomer")
    assert (login.stage, login.reason, login.session) == (Stage.RENEW, "given", None)
    assert live_sessions(door) == 0
    done = auth.renew_password(login, NEW)
    assert done.stage is Stage.DONE
    assert done.session is not None
    done.session.database.close()
    assert (door.attempt("newcomer", NEW), door.attempt("newcomer")) == ("ok", "UA101")
    assert verdicts(door) == ["proved", "ok", "proved", "ok", "refused"]


def test_a_client_that_leaves_the_new_password_out_gets_no_session(door: Door) -> None:
    door.create("newcomer", CLERK, must_change=True)
    login = door.begin("newcomer")
    with door.gate() as gate:
        for _ in range(3):
            told = ask(gate, "select * from auth.finish_login(%s, '{}')", login.challenge)
            assert (told[0], told[2], told[3]) == ("renew", None, None)
    assert live_sessions(door) == 0


def test_a_password_expires(door: Door) -> None:
    door.set(password_valid_for="90 days")
    done = door.begin("李娜")
    assert done.stage is Stage.DONE
    assert done.password_until is not None
    door.database.rows("update auth.credentials set changed_at = changed_at - interval '91 days'")
    login = door.begin("李娜")
    assert (login.stage, login.reason) == (Stage.RENEW, "expired")
    assert auth.renew_password(login, NEW).stage is Stage.DONE


def test_the_last_passwords_are_refused_and_older_ones_are_not(door: Door) -> None:
    door.set(passwords_remembered=3)
    session = door.log_in("李娜")
    chain = [PASSWORD, *(f"{NEW} {word}" for word in ("eins", "zwei", "drei"))]
    for old, new in pairwise(chain):
        session = auth.change_password(session, old, new)
    refused = [code_of_error(auth.change_password, session, chain[-1], password) for password in reversed(chain[1:])]
    assert refused == ["UV124"] * 3
    session = auth.change_password(session, chain[-1], PASSWORD)
    assert session.database.rows("select session_user::text")[0][0] == "erp_u_李娜"
    session.database.close()


def test_codes_come_before_the_new_password_and_shorten_it(door: Door) -> None:
    door.create("newcomer", CLERK, must_change=True)
    door.demand_codes(CLERK)
    login = door.begin("newcomer")
    assert login.stage is Stage.ENROL
    login = auth.confirm_enrolment(login, code_of(auth.begin_enrolment(login).secret))
    assert (login.stage, login.rules and login.rules.length) == (Stage.RENEW, 8)
    assert auth.renew_password(login, "kurz&gut").stage is Stage.DONE


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("too short", "UV121"),
        ("password", "UV121"),
        ("xxxxxxxxxxxxxxxxxxx", "UV123"),
        ("emoji \U0001f600 " * 3, "UV106"),
    ],
)
def test_the_client_refuses_weak_passwords(door: Door, password: str, code: str) -> None:
    session = door.log_in("李娜")
    assert code_of_error(auth.change_password, session, PASSWORD, password) in (code, "UV123")
    assert door.attempt("李娜") == "ok"
    session.database.close()


def test_a_changed_password_ends_all_other_sessions_and_keeps_this_one(door: Door) -> None:
    other, mine = door.log_in("李娜"), door.log_in("李娜")
    other.database.rows("select 1")
    renewed = auth.change_password(mine, PASSWORD, NEW)
    assert renewed.database is mine.database
    assert mine.database.rows("select 1")[0][0] == 1
    with pytest.raises(SessionOver):
        other.database.rows("select 1")
    mine.database.close()


def test_the_wrong_old_password_is_counted_and_named(door: Door) -> None:
    session = door.log_in("李娜")
    with pytest.raises(InvalidInput) as refused:
        auth.change_password(session, "wrong", NEW)
    assert (refused.value.code, refused.value.field) == ("UV105", "old_password")
    assert door.failures("李娜") == 1
    session.database.close()


# The person's own account


def test_a_person_sees_how_she_logs_in(door: Door) -> None:
    session = door.log_in("李娜")
    account = auth.my_account(session)
    assert (account.codes_since, account.codes_needed, account.rules.length) == (None, False, 15)
    secret, codes = door.enrol("李娜")
    auth.answer_code(door.begin("李娜"), codes[0])
    account = auth.my_account(session)
    assert account.codes_since is not None
    assert (account.recovery_codes_left, account.rules.length) == (9, 8)
    opened = auth.open_account(session, PASSWORD, code_of(secret))
    fresh = auth.renew_recovery_codes(opened)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    auth.give_up_codes(opened)
    assert auth.my_account(session).codes_since is None
    assert door.begin("李娜").stage is Stage.DONE
    session.database.close()


def test_a_demand_that_came_since_the_login_is_told(door: Door) -> None:
    session = door.log_in("李娜")
    door.demand_codes(CLERK)
    assert code_of_error(auth.change_password, session, PASSWORD, NEW) == "UA124"
    account = auth.open_account(session, PASSWORD)
    assert account.stage is Stage.ENROL
    done = auth.confirm_enrolment(account, code_of(auth.begin_enrolment(account).secret))
    assert (done.stage, done.session) == (Stage.PROVED, None)
    assert auth.my_account(session).codes_since is not None
    session.database.close()


def test_who_needs_codes_can_not_give_them_up(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    session = auth.log_in(door.database.profile, "李娜", PASSWORD, code_of(secret))
    door.demand_codes("erp_order_enter")
    account = auth.open_account(session, PASSWORD, code_of(secret, 1))
    with pytest.raises(NotAllowed, match="UA125"):
        auth.give_up_codes(account)
    session.database.close()


def test_an_open_session_alone_changes_nothing(door: Door) -> None:
    secret, codes = door.enrol("李娜")
    session = auth.log_in(door.database.profile, "李娜", PASSWORD, code_of(secret))
    assert code_of_error(auth.open_account, session, "wrong") == "UV105"
    assert code_of_error(auth.open_account, session, PASSWORD) == "UA123"
    assert code_of_error(auth.open_account, session, PASSWORD, "000000") == "UA121"
    waiting = door.begin("李娜")
    for step in (auth.begin_enrolment, auth.renew_recovery_codes, auth.give_up_codes):
        assert code_of_error(step, waiting) == "US103"
    rules = auth.my_account(session).rules
    assert auth.renew_password(replace(waiting, rules=rules), NEW).stage is Stage.CODE
    assert auth.answer_code(door.begin("李娜"), codes[0]).stage is Stage.DONE
    session.database.close()


def test_an_administrator_resets_a_lost_second_factor(door: Door) -> None:
    door.enrol("李娜")
    door.demand_codes(CLERK)
    admin = door.log_in("admin")
    user_id, version = door.database.rows("select id, version from auth.users where login = '李娜'")[0]
    admin.database.call("auth.reset_codes", document={"user_id": user_id}, version=version)
    assert door.begin("李娜").stage is Stage.ENROL
    assert door.database.value("select count(*) from auth.recovery_codes") == 0
    admin.database.close()


def test_the_trail_tells_what_a_person_did_at_the_gate_in_her_name(door: Door) -> None:
    door.enrol("李娜")
    rows = door.database.rows(
        "select role_name::text, after from audit.changes"
        " where role_name = 'erp_u_李娜' and table_name = 'auth.users' and operation = 'update'"
    )
    assert rows == [("erp_u_李娜", {"second_factor": True})]


def test_callers_that_ask_for_nothing_more_are_told_what_is_due(door: Door) -> None:
    secret, _ = door.enrol("李娜")
    assert door.attempt("李娜") == "UA123"
    session = auth.log_in(door.database.profile, "李娜", PASSWORD, code_of(secret))
    session.database.close()
    door.create("newcomer", CLERK, must_change=True)
    assert door.attempt("newcomer") == "UA124"


def test_no_secret_and_no_code_is_in_the_log(door: Door) -> None:
    door.database.rows(f"alter database {door.database.name} set log_statement = 'all'")
    secret, codes = door.enrol("李娜")
    log = door.database.server._log.read_text(encoding="utf-8", errors="replace")
    assert "auth.confirm_enrolment" in log
    assert secret not in log
    assert not any(code in log for code in codes)


def test_a_login_hides_what_nobody_should_read(door: Door) -> None:
    door.demand_codes(CLERK)
    login: Login = door.begin("李娜")
    enrolment = auth.begin_enrolment(login)
    done = auth.confirm_enrolment(login, code_of(enrolment.secret))
    assert enrolment.secret not in repr(enrolment)
    assert login.challenge not in repr(done)
    assert done.recovery_codes[0] not in repr(done)


def test_a_refused_code_is_a_refused_login(door: Door) -> None:
    door.enrol("李娜")
    with pytest.raises(LoginRefused):
        auth.answer_code(door.begin("李娜"), "1")
