"""A small year at the real time and a real server over it: a server's threads do not see the clock's seam."""

from datetime import timedelta

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

from core import clock
from scoring.cycles.services import Calendar
from tests.factories.year import Year, make_year


def make_running_year() -> Year:
    """Open for filing now. Needs `real_database`."""
    now = clock.now()
    return make_year(Calendar(*(now + timedelta(days=count) for count in (-10, 10, 20, 40, 60))))


def serve(static_handler=StaticFilesHandler) -> LiveServerThread:
    """A server on a port of its own; `terminate()` ends it."""
    server = LiveServerThread("127.0.0.1", static_handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    return server
