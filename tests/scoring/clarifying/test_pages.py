"""Both sides on screen: the appraiser asks beside the line, the unit answers on its own page, both read the thread."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.clarifying.services import answer_clarification, ask_clarification
from scoring.enums import ClarificationState
from scoring.models import Clarification
from tests.scoring.filing.conftest import line_data
from tests.stages import APPRAISING

pytestmark = pytest.mark.django_db

DUE = APPRAISING + timedelta(days=5)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def appraiser(appraising):
    return client_of(appraising.people["appraiser"])


@pytest.fixture
def officer(appraising):
    return client_of(appraising.officer())


def ask(year, code="A.3", index=0):
    line = year.answer(code, index)
    return ask_clarification(
        answer=line, question="Biên bản nào?", due_at=DUE, version=line.version, actor=year.people["appraiser"]
    )


def ask_url(year) -> str:
    return reverse("clarification_ask", args=[year.answer("A.3").pk])


def form_url(year, code="A") -> str:
    return reverse("assessment_pillar", args=[year.assessment().pk, code])


class TestAsking:
    def test_the_line_offers_to_ask_then_shows_the_question_and_waits(self, appraising, appraiser):
        line = reverse("appraisal_line", args=[appraising.answer("A.3").pk])
        assert ask_url(appraising) in appraiser.get(line).content.decode()
        form = appraiser.get(ask_url(appraising)).context["form"]
        given = {"version": form["version"].value(), "due_on": f"{form['due_on'].value():%d/%m/%Y}"}
        assert appraiser.post(ask_url(appraising), given | {"question": " "}).status_code == 422
        assert appraiser.post(ask_url(appraising), given | {"question": "Biên bản nào?"}).status_code == 302
        page = appraiser.get(line)
        assert 'data-state="asked"' in page.content.decode()
        assert (bool(page.context["page"].verdict), page.context["page"].may_withdraw) == (False, True)
        assert ask_url(appraising) not in page.content.decode()
        answer = appraising.answer("A.3")
        refused = appraiser.post(line, {"decision": "accept", "version": answer.version, "act": "save"})
        assert refused.status_code == 409

    @pytest.mark.parametrize("due", ["31/02/2027", "01/01/2027", "31/12/2027", ""])
    def test_a_day_of_no_use_stands_at_its_field(self, appraising, appraiser, due):
        given = {"version": appraising.answer("A.3").version, "question": "x", "due_on": due}
        refused = appraiser.post(ask_url(appraising), given)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["due_on"])
        assert not Clarification.objects.exists()

    def test_the_last_day_of_the_appraisal_ends_with_it(self, appraising, appraiser):
        last = appraising.cycle.appraisal_closes_at
        given = {"version": appraising.answer("A.3").version, "question": "x", "due_on": f"{last:%d/%m/%Y}"}
        assert appraiser.post(ask_url(appraising), given).status_code == 302
        assert Clarification.objects.get().due_at == last

    def test_a_line_that_changed_meanwhile_is_read_again_first(self, appraising, appraiser):
        given = {"version": 99, "question": "x", "due_on": f"{DUE:%d/%m/%Y}"}
        assert appraiser.post(ask_url(appraising), given).status_code == 409

    def test_the_queue_and_the_unit_page_show_where_the_question_stands(self, appraising, appraiser):
        asked, unit = ask(appraising), reverse("appraisal_unit", args=[appraising.assessment().pk])
        assert "line-asked" in appraiser.get(unit).content.decode()
        answer_clarification(asked=asked, reply="Biên bản 12", actor=appraising.officer())
        assert "line-answered" in appraiser.get(unit).content.decode()
        line = appraiser.get(reverse("appraisal_line", args=[appraising.answer("A.3").pk]))
        assert "Biên bản 12" in line.content.decode()
        assert line.context["page"].verdict

    def test_a_question_not_answered_in_time_leaves_the_line_as_it_was(self, appraising, appraiser):
        ask(appraising)
        with appraising.on(DUE):
            page = appraiser.get(reverse("appraisal_line", args=[appraising.answer("A.3").pk]))
        assert page.context["page"].verdict
        assert {line.state for line in page.context["page"].queue} == {"open"}

    def test_a_question_is_withdrawn(self, appraising, appraiser):
        url = reverse("clarification_withdraw", args=[ask(appraising).pk])
        assert appraiser.post(url).status_code == 302
        assert Clarification.objects.get().state == ClarificationState.WITHDRAWN
        assert appraiser.post(url).status_code == 409


class TestAnswering:
    def test_only_that_line_can_be_typed_in(self, appraising, officer):
        asked = ask(appraising)
        page = officer.get(form_url(appraising)).content.decode()
        forms = [answer.pk for answer in appraising.assessment().answers.all() if f'id="save-{answer.pk}"' in page]
        assert forms == [appraising.answer("A.3").pk]
        assert reverse("clarification", args=[asked.pk]) in page
        assert 'id="save-' not in officer.get(form_url(appraising, "B")).content.decode()

    def test_the_line_is_saved_and_the_question_answered(self, appraising, officer):
        asked, line = ask(appraising), appraising.answer("A.3")
        saved = officer.post(reverse("answer_save", args=[line.pk]), line_data(line, value="7"))
        assert saved.status_code == 302
        url = reverse("clarification", args=[asked.pk])
        assert officer.get(url).status_code == 200
        assert officer.post(url, {"reply": ""}).status_code == 422
        assert officer.post(url, {"reply": "Biên bản 12"}).status_code == 302
        asked.refresh_from_db()
        assert (asked.reply, asked.changed_the_line) == ("Biên bản 12", True)
        page = officer.get(form_url(appraising)).content.decode()
        assert ('id="save-' in page, "Biên bản 12" in page) == (False, True)
        assert officer.post(url, {"reply": "Lần nữa"}).status_code == 409

    def test_a_document_can_be_added_to_that_line_only(self, appraising, officer):
        ask(appraising)
        opened, shut = (
            officer.get(reverse("evidence_attach", args=[appraising.answer(code).pk])) for code in ("A.3", "A.1")
        )
        assert (bool(opened.context["can_edit"]), bool(shut.context["can_edit"])) == (True, False)

    def test_after_the_day_the_page_says_that_it_is_over(self, appraising, officer):
        url = reverse("clarification", args=[ask(appraising).pk])
        with appraising.on(DUE):
            page = officer.get(url)
            assert (page.status_code, bool(page.context["verdict"])) == (200, False)
            kept = officer.post(url, {"reply": "Quá muộn"})
        assert kept.status_code == 409
        assert "Quá muộn" in kept.content.decode()  # what was typed is not lost

    def test_another_units_question_does_not_exist(self, appraising, officer):
        assert officer.get(reverse("clarification", args=[ask(appraising, index=1).pk])).status_code == 404
        assert officer.get(reverse("clarification", args=[2**63])).status_code == 404

    def test_many_questions_cost_no_more_queries_than_one(self, appraising, officer):
        costs = []
        for codes in (["A.1"], ["A.2", "A.3"]):
            for code in codes:
                ask(appraising, code)
            with CaptureQueriesContext(connection) as queries:
                assert officer.get(form_url(appraising)).status_code == 200
            costs.append(len(queries))
        assert costs[0] == costs[1]
