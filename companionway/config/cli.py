"""The console program: `companionway serve`, `work`, `demo`, `check`, `set-up`, `export`, `import-people`,
`risk-report` and others.

Django is loaded inside each command, so that `--help` is immediate and a broken setting is answered in words.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104
SETTINGS = "companionway.config.settings"
KEEP_ALIVE_SECONDS = 75
# Deeds that live in rooms, as Django management commands; what follows the name is handed through.
IN_ROOMS = {
    "demo": ("demo", "load the demonstration organisation"),
    "export": ("export", "write what the service keeps into files"),
    "set-up": ("set_up", "begin an organisation: its name, its host, a code for its administrator"),
    "erase": ("erase", "destroy what a person or a conversation left here, for good; prints a proof"),
    "export-master-key": ("export_master_key", "copy the master key out, when two administrators agreed"),
    "import-master-key": ("import_master_key", "bring a copied master key back"),
    "check-erasure": ("check_erasure", "whether a proof of erasure still holds"),
    "check-record": (
        "check_record",
        "go through the chain of records: whole, or the first place that was changed",
    ),
    "rotate-master-key": ("rotate_master_key", "change the master key while people write"),
    "backup": ("backup", "write one sealed file with everything, while people go on writing"),
    "restore": ("restore", "bring a backup back, or try it in a throw-away place (--drill)"),
    "move-database": ("move_database", "from SQLite to PostgreSQL while people go on writing"),
    "import-people": ("import_people", "read a roster (CSV or XLSX); a dry run first"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = _parser()
    args, rest = parser.parse_known_args(argv)
    if args.command in IN_ROOMS:
        return _in_room(IN_ROOMS[args.command][0], rest)
    if rest:
        parser.error("not understood: " + " ".join(rest))
    command: Callable[[argparse.Namespace], int] = args.run
    try:
        return command(args)
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="companionway", description="A peer-support service on your own server."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve", help="serve pages, live conversations and background work in one process"
    )
    serve.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    serve.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))
    serve.add_argument("--no-work", action="store_true", help="another process runs `companionway work`")
    serve.add_argument(
        "--prepare", action="store_true", help="first bring the database and static files up to date"
    )
    serve.add_argument(
        "--demo", action="store_true", help="first load the demonstration into an empty service"
    )
    serve.set_defaults(run=_serve)

    work = commands.add_parser("work", help="run background work: notices, reminders, clearing up")
    work.set_defaults(run=_work)

    check = commands.add_parser("check", help="look at the configuration; one plain sentence per problem")
    check.set_defaults(run=_check)

    report = commands.add_parser(
        "risk-report", help="how well worrying words are noticed in labelled phrases"
    )
    report.add_argument("file", metavar="FILE", type=Path, help="CSV: text, label (0 to 3), source, category")
    report.add_argument("--json", action="store_true", help="for machines")
    report.set_defaults(run=_risk_report)

    for name, (_, words) in IN_ROOMS.items():
        commands.add_parser(name, help=words, add_help=False)
    return parser


def _django() -> None:
    """Load the settings and every room, or leave with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        django.setup()
    except (EnvError, ImproperlyConfigured, OSError, ValueError) as fault:
        sys.exit(f"The settings cannot be read: {fault}")


def _in_room(command: str, rest: list[str]) -> int:
    _django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["companionway", command, *rest])
    return 0


def _serve(args: argparse.Namespace) -> int:
    if not (args.host.startswith("127.") or args.host == "localhost" or os.environ.get("ALLOWED_HOSTS")):
        print(
            f"Note: set ALLOWED_HOSTS and PUBLIC_URL so that others can reach {args.host}.", file=sys.stderr
        )
    if "PUBLIC_URL" not in os.environ:
        reached_at = "127.0.0.1" if args.host in EVERYWHERE else args.host
        os.environ["PUBLIC_URL"] = f"http://{reached_at}:{args.port}"
    _django()
    _make_ready(args)
    import uvicorn

    from companionway.foundation import duties, events

    if not args.no_work:
        duties.start_thread(events.deliver)
    print(f"Open {os.environ['PUBLIC_URL']}   (stop with Ctrl-C)", flush=True)
    try:
        told = uvicorn.Config(
            "companionway.config.asgi:application",
            host=args.host,
            port=args.port,
            loop="uvloop",
            http="httptools",
            ws="none",
            log_level="warning",
            # Addresses say who read what: they are never logged.
            access_log=False,
            server_header=False,
            # Whose word about addresses counts is decided in one place, by TRUSTED_PROXIES.
            proxy_headers=False,
            # nginx drops a quiet connection after 60 seconds. Were we first, a message could be on its way into it.
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=5,
        )
        _calm(uvicorn.Server)(told).run()
    finally:
        duties.stop()
    return 0


def _calm(server: Any) -> Any:
    """uvicorn wakes ten times a second to see whether it shall stop, which is most of an idle minute: once will do."""

    class Calm(server):  # type: ignore[misc]
        async def main_loop(self) -> None:
            seconds = 0
            while not await self.on_tick(seconds * 10):
                await asyncio.sleep(1)
                seconds += 1

    return Calm


def _work(args: argparse.Namespace) -> int:
    _django()
    import signal

    from django.db import DatabaseError

    from companionway.foundation import duties, events

    with contextlib.suppress(DatabaseError):  # work waits for a database that is away
        _refuse_a_wrong_database()

    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: duties.stop())
    print("Background work is running   (stop with Ctrl-C)", flush=True)
    duties.run_forever(events.deliver)
    return 0


def _check(args: argparse.Namespace) -> int:
    _django()
    from django.utils import timezone

    from companionway.config.checks import problems

    found = problems(timezone.now())
    for sentence in found:
        print(f"- {sentence}")
    print("Nothing to mend." if not found else f"{len(found)} to mend.")
    return 1 if found else 0


def _risk_report(args: argparse.Namespace) -> int:
    """Needs no settings and no database; a file that cannot be used ends in one sentence."""
    import json

    from companionway.reasoning.risk import report

    try:
        found = report.measure(report.read_labelled(args.file.read_bytes()))
    except OSError as fault:
        print(f"{args.file} cannot be opened: {fault.strerror or 'it is not a file'}.", file=sys.stderr)
        return 2
    except report.WrongFile as fault:
        print(fault, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(found.as_data(), ensure_ascii=False))
    else:
        for line in found.lines():
            print(line)
    return 0


def _make_ready(args: argparse.Namespace) -> None:
    """What `serve` was asked to do first; a fault ends in one sentence."""
    from django.core.management import CommandError
    from django.db import DatabaseError
    from django.utils import timezone

    from companionway.upkeep import queries as upkeep

    try:
        _refuse_a_wrong_database()
        if args.prepare:
            _prepare()
        if args.demo:
            _demonstrate()
        if missing := upkeep.missing_backup(timezone.now()):
            print(missing)
    except DatabaseError as fault:
        sys.exit(f"The database cannot be used ({fault}). `companionway check` says more.")
    except CommandError as fault:
        sys.exit(str(fault))


def _refuse_a_wrong_database() -> None:
    """One that was moved away, or is not filled yet, is not served."""
    from companionway.upkeep import queries as upkeep

    if sentence := upkeep.not_to_be_served():
        sys.exit(sentence)


def _prepare() -> None:
    """Migrate, all or nothing; collect static files when one is newer than the last collection."""
    from django.core.management import call_command
    from django.utils import timezone

    from companionway.upkeep import upgrading

    upgrading.prepare(timezone.now(), print)
    if _static_is_stale():
        call_command("collectstatic", verbosity=0, interactive=False)


def _static_is_stale() -> bool:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    made = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not made.exists():
        return True
    collected_at = made.stat().st_mtime
    return any(
        Path(storage.path(name)).stat().st_mtime > collected_at
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def _demonstrate() -> None:
    """Load the demonstration unless the service already has an organisation; say who can sign in either way."""
    from django.apps import apps
    from django.core.management import call_command

    empty = not apps.get_model("people", "Organisation").objects.exists()
    if empty:
        print("Loading the demonstration; this takes a moment", flush=True)
    call_command("demo", *([] if empty else ["--who"]))


if __name__ == "__main__":
    sys.exit(main())
