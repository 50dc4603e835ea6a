"""Serve the application with waitress, a production WSGI server."""

import os
import signal
from collections.abc import Callable
from types import FrameType

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import WSGITask

from geo.catalogue.catalogue import Catalogue
from geo.errors import SettingsError
from webapp.app import create_app
from webapp.settings import settings_from

_THREADS = 8
_MOST_HEADER = 2_000_000  # bytes; a longer address than ours is still told why it is refused
_MOST_BODY = 20_000_000  # bytes; so is a longer body, and one beyond is not even received


class _Task(WSGITask):  # type: ignore[misc]
    """Keeps the connection open after a 304, which has no body and so needs no length; waitress would close it."""

    def set_close_on_finish(self) -> None:
        """Ask for the end of the connection, but for a 304 only when the visitor did."""
        if not self.status.startswith("304") or self.request.headers.get("CONNECTION", "").lower() == "close":
            super().set_close_on_finish()


class _Channel(HTTPChannel):  # type: ignore[misc]
    task_class = _Task


def serve(catalogue: Catalogue, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop cleanly.

    Raises:
        SettingsError: The port is in use, or the address is not one of this machine.
    """
    app = create_app(catalogue, settings_from(os.environ))
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_header_size=_MOST_HEADER,
            max_request_body_size=_MOST_BODY,
        )
    except (OSError, ValueError) as error:  # waitress tells of a name that has no address as a ValueError
        why = getattr(error, "strerror", None) or "no such host"
        msg = f"cannot listen on {host}:{port} ({why}); choose another with --port or --host"
        raise SettingsError(msg) from error
    server.channel_class = _Channel
    signal.signal(signal.SIGTERM, _stop)
    announce(f"Tongcheng Atlas: http://{host}:{port}  (Ctrl-C stops)")
    try:
        server.run()
    finally:
        server.close()
        announce("Tongcheng Atlas: stopped")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
