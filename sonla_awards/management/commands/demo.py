"""`manage.py demo`: what `make demo` runs. Makes the sample once, writes the published files, serves until Ctrl-C."""

import socket
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from sonla_awards.sample.awards import write_papers
from sonla_awards.sample.exports import write_files
from sonla_awards.sample.people import DEMO_PASSWORD
from sonla_awards.sample.seed import is_seeded, seed
from sonla_awards.serving import serve

# What a newcomer signs in as, in the order of a year.
ACCOUNTS = [
    ("canbo.ngocchien", "cán bộ đầu mối xã Ngọc Chiến / officer who files"),
    ("lanhdao.ngocchien", "Chủ tịch UBND xã / head who submits"),
    ("thamdinh.skhcn", "thẩm định viên / appraiser"),
    ("thamdinh2.skhcn", "thẩm định viên thứ hai / second appraiser"),
    ("totruong.skhcn", "tổ trưởng thẩm định / appraisal lead"),
    ("thuky.chamdiem", "thư ký chấm điểm / scoring secretary"),
    ("thuky.thidua", "thư ký thi đua / emulation secretary"),
    ("hoidong.stc", "ủy viên Hội đồng / council member"),
    ("lanhdao.tinh", "Chủ tịch UBND tỉnh / signing leader"),
    ("kiemtra", "kiểm tra / auditor"),
    ("quantri", "quản trị / administrator"),
]


class Command(BaseCommand):
    help = "Run the product with its synthetic sample years on this machine."

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")
        parser.add_argument("--no-serve", action="store_true", help="stop after the files in var/demo are written")

    def handle(self, *args, port: str, no_serve: bool, **options):
        if not settings.CLOCK_MAY_BE_SET:
            raise CommandError("The demo runs with its own settings only: call make demo.")
        number = None if no_serve else free_port(port)
        self._prepare()
        if not is_seeded():
            self._seed()
        folder = settings.STATIC_ROOT.parent
        names = write_files(folder) + write_papers(folder)
        if number is None:
            self.stdout.write("\n".join(f"  var/{folder.name}/{name}" for name in names))
            return
        self._introduce(number)
        serve(number)

    def _seed(self) -> None:
        """Make the sample years; what an interrupted run left behind is thrown away first, it holds nobody's work."""
        if User.objects.exists():
            self.stdout.write("The sample years were not finished last time; starting over.")
            throw_away_database()
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
        self.stdout.write("Making the sample years, about a minute ...")
        seed(lambda line: self.stdout.write("  " + line))

    def _prepare(self) -> None:
        Path(settings.STATIC_ROOT).parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)

    def _introduce(self, port: int) -> None:
        self.stdout.write(
            f"\n  http://127.0.0.1:{port}/   Ctrl-C ends everything.\n\n  Password of every account: {DEMO_PASSWORD}\n"
        )
        for account, who in ACCOUNTS:
            self.stdout.write(f"    {account:20} {who}")
        self.stdout.write("")


def throw_away_database() -> None:
    """The demo's own SQLite file. CommandError on a server, where somebody else must decide."""
    if connection.vendor != "sqlite":
        raise CommandError("The demo's database holds a part of the sample only. Empty it, then call make demo again.")
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)


def free_port(text: str) -> int:
    """The port as a number, if nobody listens there. CommandError with the way out otherwise."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 65535:
        raise CommandError(
            f"PORT={text} is not a port. Give a number from 1 to 65535, for example: make demo PORT=8001"
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise CommandError(
                f"Port {text} cannot be used ({error.strerror}). Stop what runs there, or choose another: make demo PORT=8001"
            ) from error
    return int(text)
