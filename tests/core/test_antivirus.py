"""The client of ClamAV's daemon, against a small server that speaks its protocol."""

import pytest

from core import antivirus
from tests.clamd import EICAR, VIRUS, daemon


@pytest.fixture
def clamd(settings):
    with daemon() as server:
        settings.CLAMAV_ADDRESS = server.address
        yield server


@pytest.mark.parametrize("data", [b"", b"x", b"clean" * 100_000])
def test_clean_bytes_arrive_whole_and_are_clean(clamd, data):
    assert antivirus.virus_in(data) == ""
    assert clamd.received == [data]


def test_a_virus_is_named(clamd):
    assert antivirus.virus_in(b"x" * 200_000 + EICAR) == VIRUS


@pytest.mark.parametrize(
    "answer",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK and more\0", b"OK\0", b"\xff\xfe\0", b"x" * 100_000],
)
def test_what_is_no_answer_is_never_clean(clamd, answer):
    clamd.answer = answer
    with pytest.raises(antivirus.Unanswered):
        antivirus.virus_in(b"x")


def test_a_daemon_that_is_away_or_slow_is_no_answer(clamd, settings, monkeypatch):
    monkeypatch.setattr(antivirus, "SECONDS", 0.05)
    clamd.silent = True
    with pytest.raises(antivirus.Unanswered):
        antivirus.virus_in(b"x")
    settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"
    with pytest.raises(antivirus.Unanswered):
        antivirus.virus_in(b"x")


def test_a_socket_in_the_file_system_serves_as_well(settings, tmp_path):
    with daemon(path=tmp_path / "clamd.ctl") as server:
        settings.CLAMAV_ADDRESS = server.address
        assert antivirus.virus_in(EICAR) == VIRUS
    settings.CLAMAV_ADDRESS = f"unix://{tmp_path / 'none.ctl'}"
    with pytest.raises(antivirus.Unanswered):
        antivirus.virus_in(b"x")
