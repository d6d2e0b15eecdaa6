"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg2.extensions import make_dsn, parse_dsn

from erp_desktop import __version__, cli
from erp_desktop.services.auth import Stage, begin_login, log_in, renew_password
from tests.helpers.databases import TestDatabase


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_status_in_words_and_as_json(untouched_database: TestDatabase, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "server", "status", "--dsn", untouched_database.dsn)
    assert (code, err) == (0, "")
    assert f"installed  {__version__}" in out
    code, out, _ = run(capsys, "server", "status", "--dsn", untouched_database.dsn, "--json")
    assert json.loads(out)["schema_version"] == __version__


def test_upgrade_of_a_current_database(database: TestDatabase, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "server", "upgrade", "--dsn", database.dsn, "--json")
    assert (code, json.loads(out)["pending"]) == (0, [])


def test_a_failure_is_one_sentence_and_exit_status_1(
    untouched_database: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "server", "install", "--dsn", untouched_database.dsn)
    assert (code, out) == (1, "")
    assert err == "The database is installed already; bring it up to date by `erp-desktop server upgrade`.\n"


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "server", "status", "--dsn", "host=127.0.0.1 port=1 dbname=x")
    assert code == 1
    assert err.startswith("The server can't be reached (")
    assert err.count("\n") == 1


def test_a_long_reason_takes_no_room_from_the_remedy(
    untouched_database: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    away = {"host": f"{'the-server-of-' * 8}tenon", "hostaddr": "127.0.0.1", "dbname": "x" * 63}
    parts = {**parse_dsn(untouched_database.dsn), **away}
    code, _, err = run(capsys, "server", "install", "--dsn", make_dsn(**parts))
    assert (code, err.count("\n")) == (1, 1)
    assert len(err) > 250
    assert "…" in err
    assert err.endswith("; check --dsn, the network, the password.\n")


def test_a_way_in_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "server", "status", "--dsn", "nonsense")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("--dsn can't be read (")


@pytest.mark.parametrize("arguments", [["server"], ["server", "status"], ["nonsense"], ["import", "orders"]])
def test_wrong_use_is_exit_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_check_names_the_rows_that_contradict(
    database: TestDatabase, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, "server", "check", "--dsn", database.dsn)
    assert (code, out, err) == (0, "", "")
    (tmp_path / "check").mkdir()
    query = "-- Everything is wrong\n-- Mend it.\nselect 7 as order_id, 'late' as state;"
    (tmp_path / "check" / "00010-all-wrong.sql").write_text(query)
    (tmp_path / "LOADORDER").write_text("")
    (tmp_path / "version.toml").write_text('schema_version = "0.1.0"\nmin_client = "0.1.0"\n')
    monkeypatch.setenv("TENON_SERVER_SQL", str(tmp_path))
    code, out, err = run(capsys, "server", "check", "--dsn", database.dsn)
    assert (code, out) == (1, "00010-all-wrong: Everything is wrong\n    order_id=7, state=late\n")
    assert "00010-all-wrong" in err
    code, out, _ = run(capsys, "server", "check", "--dsn", database.dsn, "--json")
    assert json.loads(out)["findings"][0]["rows"] == [[7, "late"]]


def test_check_compares_a_seal_that_was_kept_on_paper(
    database: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    database.rows("insert into audit.changes (table_name, row_id, operation) values ('org.units', 1, 'delete')")
    database.rows("select audit.seal_changes()")
    (digest,) = database.rows("select encode(hash, 'hex') from audit.seals")[0]
    check = ("server", "check", "--dsn", database.dsn, "--head")
    spaced = f"1: {digest[:32].upper()} {digest[32:]}"
    assert run(capsys, *check, spaced) == (0, "", "")
    code, out, err = run(capsys, *check, f"1:{'0' * 64}")
    assert (code, f"on_the_server={digest}" in out, "head" in err) == (1, True, True)
    code, out, _ = run(capsys, *check, f"2:{digest}")
    assert (code, "on_the_server=None" in out) == (1, True)
    for wrong in ("1", f"x:{digest}", f"1:{digest}0"):
        with pytest.raises(SystemExit) as ended:
            run(capsys, *check, wrong)
        assert ended.value.code == 2


def test_the_first_administrator_logs_in_and_must_choose_a_password(
    database: TestDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["server", "add-admin", "--dsn", database.dsn, "--login", "root.wang", "--name", "王芳", "--json"]
    code, out, _ = run(capsys, *arguments)
    made = json.loads(out)
    assert (code, made["login"]) == (0, "root.wang")
    login = begin_login(database.profile, "root.wang", made["password"])
    assert (login.stage, login.reason) == (Stage.RENEW, "given")
    session = renew_password(login, "correct horse battery").session
    assert session is not None
    assert session.display_name == "王芳"
    assert "erp_user_manage" in session.roles
    session.database.close()

    code, _, err = run(capsys, *arguments)
    assert code == 1
    assert "root.wang" in err


@pytest.mark.parametrize("login", ["root wang", "root;wang", "王 芳", "root\u3000wang"])
def test_a_login_that_the_screen_of_people_refuses_makes_no_administrator(
    database: TestDatabase, capsys: pytest.CaptureFixture[str], login: str
) -> None:
    code, out, err = run(capsys, "server", "add-admin", "--dsn", database.dsn, "--login", login)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert login.replace("\u3000", " ") in err
    assert "has blanks, semicolons or invisible characters" in err
    assert database.value("select count(*) from auth.users") == 0


def test_a_chosen_password_is_asked_for_twice(
    database: TestDatabase, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["correct horse", "correct mule", *["correct horse"] * 2, *["correct horse battery"] * 2])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    arguments = ["server", "add-admin", "--dsn", database.dsn, "--login", "boss", "--ask-password"]
    assert run(capsys, *arguments) == (1, "", "The two passwords differ; try again.\n")
    code, _, err = run(capsys, *arguments)
    assert (code, "15" in err) == (1, True)
    assert run(capsys, *arguments) == (0, "boss may log in now.\n", "")
    log_in(database.profile, "boss", "correct horse battery").database.close()


def test_a_fault_of_the_program_is_kept_in_full_and_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_args, **_options: tmp_path)
    monkeypatch.setattr("erp_desktop.server.install.status", lambda _dsn: 1 / 0)
    code, _, err = run(capsys, "server", "status", "--dsn", "")
    assert code == 1
    assert err.count("\n") == 1
    assert str(tmp_path / "command-line.log") in err
    assert "division by zero" in (tmp_path / "command-line.log").read_text()


def test_the_parser_imports_nothing_heavy(project_root: Path) -> None:
    program = (
        "import sys, erp_desktop.cli as cli\n"
        "try: cli.main(['--version'])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'sqlalchemy', 'psycopg2', 'numpy', 'openpyxl', 'reportlab'} & set(sys.modules)\n"
        "sys.exit(f'{heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=project_root, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"erp-desktop {__version__}\n"), done.stderr
