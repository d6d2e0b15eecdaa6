"""`erp-desktop worker` as a process of its own, against a real database and a real mail server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from erp_desktop.cli import main
from erp_desktop.services import auth
from erp_desktop.services.auth import Stage
from tests.helpers.gate import Door
from tests.helpers.mailbox import PASSWORD, Mailbox, open_mailbox, text_of
from tests.helpers.workers import COMMAND, POSIX, code_in, environment, worker_dsn_of, working, write_settings


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with open_mailbox(tmp_path) as opened:
        yield opened


@pytest.fixture
def worker_dsn(door: Door) -> str:
    door.database.rows("update auth.users set email = 'lina@example.com', display_name = '李娜' where login = '李娜'")
    return worker_dsn_of(door.database)


@POSIX
def test_the_code_comes_by_mail_and_opens_the_door(
    door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    profile = door.database.profile
    with working(write_settings(tmp_path, worker_dsn, mailbox.settings())) as worker:
        assert auth.server_info(profile).sends_mail
        auth.request_reset(profile, "李娜")
        (letter,) = mailbox.wait_for(1)
        worker.wait_for("is mailed")
        auth.request_reset(profile, "nobody")
        worker.wait_for("needs no mail")
        assert worker.end() == 0
    text = text_of(letter)
    assert (letter["To"], letter.get_content_type()) == ("lina@example.com", "text/plain")
    assert "重置密码" in str(letter["Subject"]) and "李娜" in text and "http" not in text
    code = code_in(text)
    assert auth.begin_reset(profile, "李娜", code).stage is Stage.RENEW
    for secret in (code, PASSWORD, "password="):
        assert secret not in worker.said
    assert "Traceback" not in worker.said and "The worker stops." in worker.said
    assert door.database.value("select count(*) from jobs.procrastinate_jobs where queue_name = 'mail'") == 0


@POSIX
def test_the_letter_is_in_the_language_of_the_person(
    door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    door.database.rows("update auth.users set language = 'en', display_name_en = 'Li Na' where login = '李娜'")
    with working(write_settings(tmp_path, worker_dsn, mailbox.settings())):
        auth.request_reset(door.database.profile, "李娜")
        text = text_of(mailbox.wait_for(1)[0])
    assert text.startswith("Li Na,") and "If you did not ask for it" in text


@POSIX
def test_a_killed_worker_leaves_no_letter_unsent(door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path) -> None:
    """The mail server holds the letter back while the worker is killed in the middle of its job."""
    profile = door.database.profile
    config = write_settings(tmp_path, worker_dsn, mailbox.settings(), patience=2)
    mailbox.hold()
    with working(config) as worker:
        auth.request_reset(profile, "李娜")
        mailbox.wait_until_held()
        worker.end(signal.SIGKILL)
    assert door.database.value("select status::text from jobs.procrastinate_jobs where queue_name = 'mail'") == "doing"
    mailbox.release()
    before = len(mailbox.letters)
    with working(config) as worker:
        worker.wait_for("it runs again")
        worker.wait_for("is mailed")
        letter = mailbox.wait_for(before + 1)[-1]
    assert auth.begin_reset(profile, "李娜", code_in(text_of(letter))).stage is Stage.RENEW


@POSIX
def test_a_mail_server_that_is_away_is_waited_for(door: Door, worker_dsn: str, tmp_path: Path) -> None:
    with open_mailbox(tmp_path) as gone:
        pass
    with working(write_settings(tmp_path, worker_dsn, gone.settings())) as worker:
        auth.request_reset(door.database.profile, "李娜")
        worker.wait_for("trying again in 2 s")
        worker.wait_for("trying again in 4 s")
        assert "Traceback" not in worker.said
        with open_mailbox(tmp_path, port=gone.port) as mailbox:
            (letter,) = mailbox.wait_for(1)
            worker.wait_for("is mailed")
            assert worker.end() == 0
    assert auth.begin_reset(door.database.profile, "李娜", code_in(text_of(letter))).stage is Stage.RENEW


@POSIX
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"root_certificate": "{other}"}, "CERTIFICATE_VERIFY_FAILED"),
        ({"password": "wrong"}, "535"),
    ],
)
def test_a_mail_server_that_is_not_ours_gets_no_code(
    door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    with open_mailbox(tmp_path, name="other.example.com") as other:
        values = {key: value.format(other=other.authority) for key, value in change.items()}
    with working(write_settings(tmp_path, worker_dsn, mailbox.settings(**values))) as worker:
        auth.request_reset(door.database.profile, "李娜")
        assert reason in worker.wait_for("trying again in 2 s")
        assert worker.end() == 0
    assert mailbox.letters == []


@POSIX
def test_a_letter_that_is_refused_for_good_is_told_and_given_up(
    door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    door.database.rows("update auth.users set email = 'a..b@example.com' where login = '李娜'")
    with working(write_settings(tmp_path, worker_dsn, mailbox.settings())) as worker:
        auth.request_reset(door.database.profile, "李娜")
        worker.wait_for("look at the account's address")
    assert mailbox.letters == []


@POSIX
def test_mail_by_tls_from_the_first_byte(door: Door, worker_dsn: str, tmp_path: Path) -> None:
    with open_mailbox(tmp_path, tls="tls") as mailbox:
        with working(write_settings(tmp_path, worker_dsn, mailbox.settings())):
            auth.request_reset(door.database.profile, "李娜")
            assert mailbox.wait_for(1)


@POSIX
def test_a_mail_server_without_tls_gets_no_code_unless_it_is_meant(door: Door, worker_dsn: str, tmp_path: Path) -> None:
    with open_mailbox(tmp_path, tls="none") as mailbox:
        with working(write_settings(tmp_path, worker_dsn, mailbox.settings(tls="starttls"))) as worker:
            auth.request_reset(door.database.profile, "李娜")
            assert "STARTTLS" in worker.wait_for("trying again in 2 s")
            assert worker.end() == 0
        assert mailbox.letters == []
        with working(write_settings(tmp_path, worker_dsn, mailbox.settings())):
            assert mailbox.wait_for(1)


@POSIX
def test_a_lost_connection_is_mended(door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path) -> None:
    with working(write_settings(tmp_path, worker_dsn, mailbox.settings(), patience=2)) as worker:
        door.database.rows("alter role erp_worker nologin")
        door.database.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'erp_worker'")
        worker.wait_for("The database can't be reached")
        door.database.rows("alter role erp_worker login")
        worker.said = ""
        worker.wait_for("The worker is ready")
        auth.request_reset(door.database.profile, "李娜")
        assert mailbox.wait_for(1)
        assert worker.end() == 0


@POSIX
def test_two_workers_send_each_letter_once(door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path) -> None:
    config = write_settings(tmp_path, worker_dsn, mailbox.settings())
    for n in range(8):
        door.create(f"p{n}", email=f"p{n}@example.com")
    with working(config) as first, working(config) as second:
        for n in range(8):
            auth.request_reset(door.database.profile, f"p{n}")
        letters = mailbox.wait_for(8)
        assert (first.end(), second.end()) == (0, 0)
    assert sorted(str(letter["To"]) for letter in letters) == [f"p{n}@example.com" for n in range(8)]
    assert len(mailbox.letters) == 8


@POSIX
def test_without_mail_the_rest_is_done(door: Door, worker_dsn: str, tmp_path: Path) -> None:
    with working(write_settings(tmp_path, worker_dsn, "")) as worker:
        assert "it sends no mail" in worker.said
        assert not auth.server_info(door.database.profile).sends_mail
        assert worker.end(signal.SIGINT) == 0


@POSIX
def test_once_does_what_waits_and_ends(door: Door, worker_dsn: str, mailbox: Mailbox, tmp_path: Path) -> None:
    config = write_settings(tmp_path, worker_dsn, mailbox.settings())
    door.database.rows("select meta.report_worker(true)")
    auth.request_reset(door.database.profile, "李娜")
    done = subprocess.run([*COMMAND, "--once", "--config", str(config)], env=environment(), capture_output=True)
    assert done.returncode == 0, done.stderr
    assert len(mailbox.letters) == 1
    assert door.database.value("select count(*) from audit.seals") > 0


@POSIX
def test_what_is_wrong_with_the_settings_is_said(
    tmp_path: Path, worker_dsn: str, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    def failure(dsn: str, mail: str, mode: int = 0o600) -> str:
        config = write_settings(tmp_path, dsn, mail)
        config.chmod(mode)
        assert main(["worker", "--once", "--config", str(config)]) == 1
        return capsys.readouterr().err

    assert "chmod 600" in failure(worker_dsn, "", 0o644)
    assert "encrypted only" in failure(worker_dsn, mailbox.settings(host="mail.example.com", tls="none"))
    assert "sender is a mail address" in failure(worker_dsn, mailbox.settings(sender="nobody"))
    assert "the worker knows" in failure(worker_dsn, mailbox.settings(passwort="x"))
    assert "password" in failure(worker_dsn.replace("password=", "password=wrong"), "")
    assert main(["worker", "--once"]) == 1
    assert "--dsn" in capsys.readouterr().err


def test_a_password_for_the_worker_is_shown_once_and_the_one_before_is_void(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    passwords = []
    for _ in range(2):
        assert main(["server", "add-worker", "--dsn", door.database.dsn, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        passwords.append(told["password"])
    place = {"host": "127.0.0.1", "port": door.database.server.port, "dbname": door.database.name, "user": told["role"]}
    psycopg2.connect(**place, password=passwords[1]).close()
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(**place, password=passwords[0])


def test_without_the_extra_the_command_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in sys.modules if each.startswith("erp_desktop.worker.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    assert main(["worker", "--once", "--dsn", "host=127.0.0.1 dbname=tenon"]) == 1
    assert "extra `worker`: procrastinate is missing" in capsys.readouterr().err
