"""The command line: `erp-desktop` and its subcommands; each imports what it needs when it is chosen."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from erp_desktop import __version__

if TYPE_CHECKING:
    from typing import TypeAlias

    from erp_desktop.server.install import Status

    _Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

DONE, FAILED = 0, 1
_NO_SCREEN = "Start the desktop where there is a screen: what DISPLAY or WAYLAND_DISPLAY names can't be reached."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 failed (one sentence on standard error), 2 (by argparse) wrong use."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        print(_sentence(error), file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="erp-desktop", description="Tenon. Without a command: the desktop.")
    parser.add_argument("--version", action="version", version=f"erp-desktop {__version__}")
    parser.set_defaults(run=_run_desktop)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_demo(commands)
    _add_server(commands)
    _add_import(commands)
    _add_worker(commands)
    return parser


def _add_demo(commands: _Commands) -> None:
    demo = commands.add_parser("demo", help="the demo company on a server of this computer")
    demo.add_argument("--headless", action="store_true", help="play the demo's day without a screen")
    out = "like --headless, and put what the day makes into DIR (else tenon-day)"
    demo.add_argument("--out", type=Path, metavar="DIR", help=out)
    demo.add_argument("--anew", action="store_true", help="throw the demo company away and make it anew")
    demo.set_defaults(run=_run_demo)


def _add_server(commands: _Commands) -> None:
    server = commands.add_parser("server", help="make, update and check the company's server")
    actions = server.add_subparsers(title="actions", metavar="ACTION", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--dsn", required=True, help="a superuser's way in: 'host=db dbname=tenon user=postgres'")
    shared.add_argument("--json", action="store_true", help="print a JSON object instead of text")

    install = actions.add_parser("install", parents=[shared], help="install into a database, which is made if missing")
    install.add_argument("--time-zone", metavar="ZONE", help="the company's time zone, such as Asia/Shanghai")
    install.set_defaults(run=_run_install)
    upgrade = actions.add_parser("upgrade", parents=[shared], help="bring the database to this program's version")
    upgrade.add_argument("--finish", action="store_true", help="also take the steps that old clients don't survive")
    upgrade.set_defaults(run=_run_upgrade)
    status = actions.add_parser(
        "status", parents=[shared], help="versions, what an upgrade would do, and who waits for whom"
    )
    status.set_defaults(run=_run_status)
    check = actions.add_parser("check", parents=[shared], help="look for rows that contradict each other")
    check.add_argument("--head", type=_seal, metavar="NUMBER:HASH", help="also compare a printed seal of the trail")
    check.set_defaults(run=_run_check)
    add_admin = actions.add_parser("add-admin", parents=[shared], help="make an administrator's account")
    add_admin.add_argument("--login", required=True, help="the name to log in with")
    add_admin.add_argument("--name", help="the name to show; the login if not given")
    add_admin.add_argument("--ask-password", action="store_true", help="ask for a password instead of making one up")
    add_admin.set_defaults(run=_run_add_admin)
    add_worker = actions.add_parser("add-worker", parents=[shared], help="give the worker a new password")
    add_worker.set_defaults(run=_run_add_worker)


def _add_import(commands: _Commands) -> None:
    importing = commands.add_parser("import", help="read a file into the company's database")
    kinds = importing.add_subparsers(title="kinds", metavar="KIND", required=True)
    orders = kinds.add_parser("orders", help="sales orders from a workbook or CSV file")
    orders.add_argument("file", type=Path, metavar="FILE")
    orders.add_argument("--dry-run", action="store_true", help="only say what is wrong with the file")
    orders.add_argument("--server", metavar="NAME", help="which of the known servers, if there are several")
    orders.add_argument("--login", required=True, help="whose orders they are; the password is asked for")
    orders.add_argument("--customer", default="", metavar="CODE", help="whose orders those are that name no customer")
    orders.add_argument("--branch", default="", metavar="CODE", help="which of your branches, if you have several")
    orders.add_argument(
        "--promise-days", type=int, default=15, metavar="DAYS", help="until delivery, where none is stated"
    )
    orders.add_argument("--create-customers", action="store_true", help="enter the customers that are not known")
    orders.add_argument("--create-products", action="store_true", help="enter the products that are not known")
    orders.add_argument("--json", action="store_true", help="print a JSON object instead of text")
    orders.set_defaults(run=_run_import_orders)


def _add_worker(commands: _Commands) -> None:
    worker = commands.add_parser("worker", help="run the company's background jobs: e-mail, seals of the trail")
    worker.add_argument("--config", type=Path, metavar="FILE", help="database and mail server; see docs/admin.md")
    worker.add_argument("--dsn", help="the database: 'host=db dbname=tenon user=erp_worker'; before that of the file")
    worker.add_argument("--once", action="store_true", help="do what waits, then end")
    worker.set_defaults(run=_run_worker)


def _run_desktop(_options: argparse.Namespace) -> int:
    from erp_desktop.screen import has_screen

    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        print(_NO_SCREEN, file=sys.stderr)
        return FAILED
    from erp_desktop.app import run_desktop

    return run_desktop()


def _run_demo(options: argparse.Namespace) -> int:
    from erp_desktop.demo import run
    from erp_desktop.screen import has_screen

    # Only the day makes documents and pictures: who names a folder for them wants it played.
    headless = options.headless or options.out is not None or not has_screen()
    return run(headless=headless, out=options.out, anew=options.anew)


def _run_install(options: argparse.Namespace) -> int:
    from erp_desktop.server.install import install

    return _show_status(install(options.dsn, time_zone=options.time_zone), options)


def _run_upgrade(options: argparse.Namespace) -> int:
    from erp_desktop.server.install import upgrade

    return _show_status(upgrade(options.dsn, finish=options.finish), options)


def _run_status(options: argparse.Namespace) -> int:
    from erp_desktop.server.install import status

    return _show_status(status(options.dsn), options)


def _seal(text: str) -> tuple[int, str]:
    number, _, digest = text.replace(" ", "").partition(":")
    if not (number.isdecimal() and re.fullmatch("[0-9A-Fa-f]{64}", digest)):
        raise argparse.ArgumentTypeError("a seal is its number, a colon and 64 hexadecimal digits")
    return int(number), digest


def _run_check(options: argparse.Namespace) -> int:
    from erp_desktop.server.install import check, check_head

    findings = check(options.dsn)
    head = check_head(options.dsn, *options.head) if options.head else None
    if head is not None:
        findings = (*findings, head)
    if options.json:
        print(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False, default=str))
    for finding in () if options.json else findings:
        print(f"{finding.name}: {finding.title}")
        for row in finding.rows:
            print("   ", ", ".join(f"{name}={value}" for name, value in zip(finding.columns, row, strict=True)))
    if findings:
        names = ", ".join(finding.name for finding in findings)
        print(f"Rows contradict each other ({names}); how to mend each stands in server_sql/check.", file=sys.stderr)
        return FAILED
    return DONE


def _run_add_admin(options: argparse.Namespace) -> int:
    from erp_desktop.server.people import add_administrator, ask_password

    password = ask_password() if options.ask_password else None
    made = add_administrator(options.dsn, options.login, options.name or options.login, password)
    if options.json:
        print(json.dumps({"login": made.login, "password": made.password}, ensure_ascii=False))
    elif options.ask_password:
        print(f"{made.login} may log in now.")
    else:
        print(f"{made.login} may log in now with the password {made.password} and chooses another one then.")
    return DONE


def _run_add_worker(options: argparse.Namespace) -> int:
    from erp_desktop.server.people import add_worker

    password = add_worker(options.dsn)
    if options.json:
        print(json.dumps({"role": "erp_worker", "password": password}))
    else:
        print(f"erp_worker may log in now with the password {password}; any former one is void.")
    return DONE


def _run_worker(options: argparse.Namespace) -> int:
    from erp_desktop.server.errors import ServerError
    from erp_desktop.worker.settings import load

    settings = load(options.config, options.dsn)
    try:
        from erp_desktop.worker.run import run
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        raise ServerError(f"Install the program with its extra `worker`: {missing} is missing.") from error
    run(settings, once=options.once)
    return DONE


def _run_import_orders(options: argparse.Namespace) -> int:
    from erp_desktop.services.importing.command import Choices, import_orders

    choices = Choices(
        customer=options.customer,
        branch=options.branch,
        promise_days=options.promise_days,
        create_customers=options.create_customers,
        create_products=options.create_products,
    )
    return import_orders(
        options.file,
        dry_run=options.dry_run,
        server=options.server,
        login=options.login,
        as_json=options.json,
        choices=choices,
    )


def _show_status(status: Status, options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps(asdict(status), ensure_ascii=False))
        return DONE
    print(f"database   {status.database} on PostgreSQL {status.postgres_version}")
    print(f"installed  {status.schema_version or 'no'} (this program: {status.program_version})")
    print(f"clients    {status.min_client or '-'} or newer")
    for step in status.pending:
        print(f"pending    {step}")
    if status.changed_code:
        print(f"code       {len(status.changed_code)} files differ; run `erp-desktop server upgrade`")
    for each in status.waiting:
        holder = f"{each.holder} (process {each.holder_pid}, {each.holder_state} for {each.holder_seconds} s)"
        print(f"waiting    {each.role} for {each.seconds} s, held up by {holder}")
    return DONE


def _sentence(error: Exception) -> str:
    """One line for whoever sits at the terminal; what is a fault of the program goes to a file in full."""
    from erp_desktop.services.errors import BugError, KnownError, from_database, sentence

    known = from_database(error)
    if isinstance(known, KnownError):
        return sentence(known, "en")
    cause = known.message if isinstance(known, BugError) else str(error)
    return f"The program failed ({' '.join(cause.split())}); report it together with {_keep_traceback(error)}."


def _keep_traceback(error: Exception) -> Path:
    import traceback

    import platformdirs

    folder = platformdirs.user_log_path("tenon", appauthor=False, ensure_exists=True)
    file = folder / "command-line.log"
    with file.open("a", encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    return file


if __name__ == "__main__":
    sys.exit(main())
