"""Evidence and the virus check: quarantined, said so, and let go once it was answered (reliability.md F.2, X4)."""

import pytest
from django.urls import reverse

from core import clock
from core.jobs import runner
from scoring.enums import ScanState
from scoring.filing.checks import findings
from scoring.filing.evidence import attach_evidence
from scoring.filing.library import withdraw_evidence
from scoring.filing.quarantine import waiting_for
from scoring.filing.scanning import examine_waiting
from scoring.models import Evidence
from tests.clamd import EICAR, VIRUS, daemon
from tests.scoring.filing.conftest import PDF, upload

pytestmark = pytest.mark.django_db
BAD = PDF + b"%" + EICAR


@pytest.fixture
def clamd(settings):
    with daemon() as server:
        settings.CLAMAV_ADDRESS = server.address
        yield server


def attach(year, data: bytes = PDF, code: str = "B.1"):
    return attach_evidence(answers=[year.answer(code)], upload=upload(data=data), title="", actor=year.officer())


def statuses(client, file) -> list[int]:
    names = [("evidence_file", [file.pk]), ("evidence_page", [file.pk, 1])]
    return [client.get(reverse(name, args=args)).status_code for name, args in names]


def test_a_clean_file_is_handed_out(year, clamd, as_user):
    with year.filing():
        file = attach(year)
        assert (file.scan, file.virus) == (ScanState.CLEAN, "")
        assert statuses(as_user(year.officer()), file)[0] == 200


def test_the_test_virus_is_locked_and_everybody_concerned_is_told(year, clamd, as_user):
    with year.filing():
        file, client = attach(year, BAD), as_user(year.officer())
        line = client.get(reverse("evidence_line", args=[year.answer("B.1").pk])).content.decode()
        viewer = client.get(reverse("evidence_view", args=[file.pk])).content.decode()
        quarantine = as_user(year.people["administrator"]).get(reverse("evidence_quarantine")).content.decode()
        home = as_user(year.people["administrator"]).get(reverse("home")).content.decode()

        assert (file.scan, file.virus) == (ScanState.INFECTED, VIRUS)
        assert statuses(client, file) == [403, 404]
        assert statuses(as_user(year.people["lead"]), file) == [403, 404]
    assert "chip-refused" in line
    assert VIRUS in viewer
    assert VIRUS in quarantine
    assert reverse("evidence_quarantine") in home
    assert reverse("evidence_file", args=[file.pk]) not in quarantine
    with year.filing():
        assert [task.url for task in waiting_for(year.officer())] == [reverse("evidence_view", args=[file.pk])]
        assert waiting_for(year.officer(1)) == []
        assert waiting_for(year.people["lead"]) == []


def test_a_file_with_a_virus_is_no_evidence(year, clamd):
    with year.filing():
        year.fill()
        line = year.answer("B.1")
        line.criterion.evidence_required = True
        needing = sorted(unproven(year))[0]
        attach(year, BAD, needing)
        assert needing in unproven(year)
        attach(year, PDF, needing)
        assert needing not in unproven(year)


def unproven(year) -> set[str]:
    found = findings(year.assessment(), clock.now())
    return {one.criterion_code for one in found if one.check.id in ("evidence-missing", "evidence-explained-only")}


@pytest.mark.parametrize("fault", ["away", "nonsense"])
def test_without_an_answer_the_file_waits_and_nobody_gets_it(year, clamd, as_user, settings, fault):
    if fault == "away":
        settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"
    else:
        clamd.answer = b"ERROR\0"
    with year.filing():
        file, client = attach(year), as_user(year.officer())
        page = client.get(reverse("evidence_line", args=[year.answer("B.1").pk])).content.decode()
        assert file.scan == ScanState.WAITING
        assert statuses(client, file) == [403, 404]
        assert "chip-carried" in page
        assert len(waiting_for(year.people["administrator"])) == 1

        settings.CLAMAV_ADDRESS, clamd.answer = clamd.address, None
        runner.sweep()
        assert statuses(client, file)[0] == 200
        assert waiting_for(year.people["administrator"]) == []


def test_a_waiting_file_may_turn_out_to_have_a_virus(year, clamd):
    clamd.answer = b"ERROR\0"
    with year.filing():
        file = attach(year, BAD)
    clamd.answer = None
    assert examine_waiting() == 1
    file.refresh_from_db()
    assert (file.scan, file.virus) == (ScanState.INFECTED, VIRUS)


def test_without_a_checker_files_are_taken_and_the_administrator_can_read_that(year, as_user):
    with year.filing():
        assert attach(year, BAD).scan == ScanState.NONE
        assert examine_waiting() == 0
        page = as_user(year.people["administrator"]).get(reverse("evidence_quarantine")).content.decode()
    assert "notice-wait" in page


@pytest.mark.parametrize(("person", "status"), [("auditor", 200), ("officer0", 404), ("lead", 404), ("outsider", 404)])
def test_the_list_is_for_administrators_and_auditors(year, as_user, person, status):
    with year.filing():
        assert as_user(year.people[person]).get(reverse("evidence_quarantine")).status_code == status


def test_a_removed_file_leaves_the_list(year, clamd):
    with year.filing():
        file = attach(year, BAD)
        withdraw_evidence(evidence=file, actor=year.officer())
        assert waiting_for(year.people["administrator"]) == waiting_for(year.officer()) == []


def test_the_list_costs_the_same_at_one_file_and_at_many(year, clamd, as_user, django_assert_max_num_queries):
    client = as_user(year.people["administrator"])

    def cost() -> int:
        with django_assert_max_num_queries(30) as queries:
            assert client.get(reverse("evidence_quarantine")).status_code == 200
        return len(queries)

    with year.filing():
        attach(year, BAD)
        one = cost()
        for number in range(3):
            attach(year, BAD + b"%d" % number)
        assert cost() == one
    assert Evidence.objects.count() == 4
