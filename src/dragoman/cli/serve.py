"""``dragoman serve``: the reading room."""

from __future__ import annotations

import logging
import os
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.plain import plain
from dragoman.errors import InputError

if TYPE_CHECKING:
    from uvicorn import Config

HERE = "127.0.0.1"
ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to
PORT = 8470


def serve(
    record: Annotated[
        Path,
        typer.Argument(metavar="RECORD", help="A .duckdb file that dragoman code has written."),
    ],
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's own needs the token.")
    ] = HERE,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port; 0 takes a free one.")] = PORT,
    reviewer: Annotated[
        str | None, typer.Option(help="Who judges, where nobody has given a name on the page.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")
    ] = True,
) -> None:
    """Open a record in a browser: search, pictures, pages of pairs, events and reports.

        dragoman serve news.duckdb

    For readers on other machines, who need the token that is printed:

        dragoman serve news.duckdb --host 0.0.0.0 --no-browser

    Judge what was read, under your name; verdicts lie beside the record, in RECORD.review.jsonl:

        dragoman serve news.duckdb --reviewer "Ada Lovelace"

    The record is read and not held: dragoman watch can go on writing it, and the
    pages follow. Stop with Ctrl-C.
    """
    import uvicorn  # noqa: PLC0415 - slow to import

    from dragoman.web.app import create_app  # noqa: PLC0415
    from dragoman.web.security import LOOPBACK, new_token  # noqa: PLC0415

    token = None if host in LOOPBACK else new_token()
    hosts = None if host in ANYWHERE else LOOPBACK | {host.lower()}
    who = named(reviewer)
    typer.echo(f"reading {plain(record.name)}; a large record takes a while, once", err=True)
    app = create_app(record, token=token, hosts=hosts, cache=cache_folder(), reviewer=who)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, date_header=False
    )
    bound = _bound(config)
    number = bound.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{number}/" + (f"?token={token}" if token else "")
    typer.echo(f"{plain(record.name)} is open at {address}")
    typer.echo("Stop with Ctrl-C.")
    if browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    uvicorn.Server(config).run(sockets=[bound])


def named(reviewer: str | None) -> str | None:
    """Return a reviewer's name.

    Raises:
        InputError: it is none.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - slow to import

    from dragoman.review.verdicts import Reviewer  # noqa: PLC0415

    try:
        return None if reviewer is None else TypeAdapter(Reviewer).validate_python(reviewer)
    except ValidationError as error:
        raise InputError(
            f"--reviewer {reviewer!r}: expected a name of 1 to 80 characters on one line"
        ) from error


def _bound(config: Config) -> Any:
    """Return the socket that the room listens on.

    Raises:
        InputError: the address is not this machine's, or the port is taken.
    """
    logger = logging.getLogger("uvicorn.error")
    logger.disabled = True  # it would say the same in its own way
    try:
        bound = config.bind_socket()
        bound.listen()  # who follows the address at once is kept waiting, not turned away
    except SystemExit as error:
        raise InputError(
            f"{config.host} port {config.port}: cannot be listened on; give another --port (0 takes"
            " a free one) or --host"
        ) from error
    finally:
        logger.disabled = False
    return bound


def cache_folder() -> Path:
    """Return where indexes of records are kept between starts."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "dragoman"
