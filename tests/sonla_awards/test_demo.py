"""`make demo` before it serves: the port, and a sample that was not finished."""

import socket

import pytest
from django.core.management import CommandError, call_command

from sonla_awards.management.commands.demo import free_port


def test_a_port_in_use_is_named_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=rf"{port}.*make demo PORT="):
            free_port(str(port))


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80a", "８０００"])
def test_what_is_not_a_port_is_refused(text):
    with pytest.raises(CommandError, match="not a port"):
        free_port(text)


def test_the_demo_refuses_other_settings(settings):
    settings.CLOCK_MAY_BE_SET = False

    with pytest.raises(CommandError, match="make demo"):
        call_command("demo", "--no-serve")
