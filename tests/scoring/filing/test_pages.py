"""The form's pages: what they show, what they answer, what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scoring.appraisal.services import return_assessment
from scoring.filing.evidence import attach_evidence
from scoring.filing.progress import ADJUSTMENTS
from scoring.filing.services import AnswerInput, import_form, prepare, save_answer, submit
from scoring.models import Assessment
from tests.factories.year import LOCKS
from tests.scoring.filing.conftest import PDF, line_data, upload

pytestmark = pytest.mark.django_db

FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def post_line(client, answer, *, fragment: bool = False, version: int | None = None, **values):
    headers = FRAGMENT if fragment else {}
    url = reverse("answer_save", args=[answer.pk])
    return client.post(url, line_data(answer, version=version, **values), **headers)


def text(response) -> str:
    return response.content.decode()


def save(year, code: str, raw: dict, index: int = 0, **more):
    answer = year.answer(code, index)
    given = AnswerInput(raw=raw, **more)
    return save_answer(answer=answer, given=given, version=answer.version, actor=year.officer(index))


# --- saving --------------------------------------------------------------------------------------------------------
def test_a_saved_line_leads_back_to_itself(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        response = post_line(as_user(year.officer()), answer, a="90", b="100")

    pillar = reverse("assessment_pillar", args=[answer.assessment_id, "B"])
    assert (response.status_code, response.url) == (302, f"{pillar}#line-{answer.pk}")
    assert year.answer("B.1").values == {"a": "90", "b": "100"}


def test_a_fragment_brings_the_line_the_rail_and_the_points(year, as_user):
    answer = year.answer("B.1")
    with year.filing():
        page = text(post_line(as_user(year.officer()), answer, fragment=True, a="60", b="100"))

    assert "<html" not in page
    for element in (f'id="body-{answer.pk}"', 'id="rail"', 'id="pillar-points"', 'data-state="saved"'):
        assert element in page
    assert "60,00%" in page
    assert "2.25" in page or "2,25" in page


@pytest.mark.parametrize("fragment", [False, True])
def test_a_refused_line_keeps_what_was_typed_and_what_was_saved(year, as_user, fragment):
    with year.filing():
        save(year, "B.1", {"a": "60", "b": "100"})
        response = post_line(as_user(year.officer()), year.answer("B.1"), fragment=fragment, a="131", b="118<b>")

    page = text(response)
    assert response.status_code == 422
    assert 'value="131"' in page
    assert 'value="118&lt;b&gt;"' in page
    assert "60 ÷ 100" in page
    assert 'aria-invalid="true"' in page
    assert year.answer("B.1").values == {"a": "60", "b": "100"}


@pytest.mark.parametrize("typed", ["9,5", "1.234", "１２", "1e1", "9" * 401])
def test_numbers_that_are_none_are_refused_and_kept(year, as_user, typed):
    with year.filing():
        response = post_line(as_user(year.officer()), year.answer("B.2"), value=typed)

    assert response.status_code == 422
    assert f'value="{typed}"' in text(response)


@pytest.mark.parametrize("fragment", [False, True])
def test_a_conflict_shows_both_values_and_keeps_the_typed_one(year, as_user, fragment):
    with year.filing():
        old = year.answer("A.3")
        save(year, "A.3", {"value": "4"})
        response = post_line(as_user(year.head()), old, fragment=fragment, version=0, value="3")

        page = text(response)
        assert response.status_code == 409
        assert 'data-state="conflict"' in page
        assert 'value="3"' in page
        assert "Người officer0" in page
        assert f'name="l{old.pk}-version" value="1"' in page  # the next save is against what is shown


def test_after_a_conflict_either_value_can_be_kept(year, as_user):
    client = as_user(year.head())
    with year.filing():
        save(year, "A.3", {"value": "4"})
        post_line(client, year.answer("A.3"), version=1, value="3", keep="theirs")
        assert year.answer("A.3").values == {"value": "4"}
        post_line(client, year.answer("A.3"), version=1, value="3", keep="mine")
        assert year.answer("A.3").values == {"value": "3"}


def test_the_same_post_twice_is_no_error(year, as_user):
    client = as_user(year.officer())
    with year.filing():
        statuses = [post_line(client, year.answer("A.3"), version=0, value="4").status_code for _click in range(2)]

    assert statuses == [302, 302]
    assert year.answer("A.3").version == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "９", "9" * 401])
def test_a_post_without_a_real_version_is_malformed(year, as_user, version):
    answer = year.answer("A.3")
    with year.filing():
        response = as_user(year.officer()).post(
            reverse("answer_save", args=[answer.pk]), line_data(answer, value="4") | {f"l{answer.pk}-version": version}
        )

    assert response.status_code == 400
    assert year.answer("A.3").values == {}


@pytest.mark.parametrize("fragment", [False, True])
def test_after_the_lock_the_typed_text_comes_back_with_the_reason(year, as_user, fragment):
    with year.on(LOCKS):
        response = post_line(as_user(year.officer()), year.answer("A.3"), fragment=fragment, value="47")

    page = text(response)
    assert response.status_code == 409
    assert 'data-state="locked"' in page
    assert "47" in page
    assert year.answer("A.3").values == {}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "{% debug %}",
        "<img src=x onerror=alert(1)>",
        "' OR 1=1--",
        "javascript:x",
    ],
)
def test_hostile_text_is_shown_as_text(year, as_user, hostile):
    answer = year.answer("A.3")
    with year.filing():
        client = as_user(year.officer())
        post_line(client, answer, value="4", explanation=hostile)
        page = text(client.get(reverse("assessment_pillar", args=[answer.assessment_id, "A"])))

    assert year.answer("A.3").explanation == hostile
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_nul_and_control_characters_are_malformed(year, as_user):
    with year.filing():
        client = as_user(year.officer())
        assert post_line(client, year.answer("A.3"), value="4", explanation="a\x00b").status_code == 400
        response = post_line(client, year.answer("A.3"), value="4", explanation="a\x0bb")

    assert response.status_code == 400
    assert 'data-state="invalid"' in text(response)


# --- what may not be seen ------------------------------------------------------------------------------------------
def test_what_belongs_to_others_does_not_exist(year, as_user):
    with year.filing():
        theirs = attach_evidence(
            answers=[year.answer("A.3", 1)], upload=upload(), title="Bí mật", actor=year.officer(1)
        )
        mine = attach_evidence(answers=[year.answer("A.3")], upload=upload(), title="", actor=year.officer())
        client, line, foreign = as_user(year.officer()), year.answer("A.3").pk, year.answer("A.3", 1).pk
        pk = year.assessment(1).pk
        gets = [("assessment", [pk]), ("assessment_pillar", [pk, "A"]), ("assessment_check", [pk]),
                ("assessment_submit", [pk]), ("assessment_receipt", [pk]), ("evidence_attach", [foreign]),
                ("evidence_file", [theirs.pk])]  # fmt: skip
        posts = [("answer_save", [foreign]), ("evidence_attach", [foreign]), ("assessment_prepare", [pk]),
                 ("assessment_reopen", [pk]), ("assessment_submit", [pk]),
                 ("evidence_remove", [foreign, theirs.pk]), ("evidence_remove", [line, theirs.pk]),
                 ("evidence_restore", [line, theirs.pk]), ("evidence_restore", [foreign, mine.pk])]  # fmt: skip
        statuses = [client.get(reverse(name, args=args)).status_code for name, args in gets]
        statuses += [client.post(reverse(name, args=args)).status_code for name, args in posts]

    assert set(statuses) == {404}


@pytest.mark.parametrize("pk", [0, 2**31, 2**63 - 1, 2**63, 10**400])
def test_ids_that_nobody_has_are_404(year, as_user, pk):
    client = as_user(year.officer())
    with year.filing():
        for address in (
            f"/filing/{pk}/",
            f"/filing/{pk}/pillars/A/",
            f"/filing/lines/{pk}/evidence/",
            f"/filing/evidence/{pk}/",
        ):
            assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["Z", "B.1", "ALL", "_", "%00", "..", "A'", "A" * 500])
def test_pillars_that_do_not_exist_are_refused(year, as_user, code):
    with year.filing():
        response = as_user(year.officer()).get(f"/filing/{year.assessment().pk}/pillars/{code}/")

    assert response.status_code in (400, 404)


# --- what the pages show -------------------------------------------------------------------------------------------
def test_lines_that_the_unit_does_not_declare_are_locked_with_the_reason(year, as_user):
    with year.filing():
        client = as_user(year.officer())
        page = text(client.get(reverse("assessment_pillar", args=[year.assessment().pk, "B"])))
        beside = text(client.get(reverse("assessment_pillar", args=[year.assessment().pk, ADJUSTMENTS])))

    assert f'id="save-{year.answer("B.2").pk}"' in page
    assert f'id="save-{year.answer("B.3").pk}"' not in page
    assert year.agency.name in page
    assert f'id="save-{year.answer("T.1").pk}"' in beside
    assert f'id="save-{year.answer("P.1").pk}"' not in beside


def test_a_submitted_form_is_read_only_and_leads_to_its_receipt(year, as_user):
    submission = year.hand_in()
    with year.filing():
        client, pk = as_user(year.officer()), year.assessment().pk
        form = text(client.get(reverse("assessment_pillar", args=[pk, "B"])))
        receipt = text(client.get(reverse("assessment_receipt", args=[pk])))

    assert 'id="save-' not in form
    assert "90 ÷ 100" in form
    assert reverse("assessment_receipt", args=[pk]) in form
    assert submission.receipt_code in receipt
    assert submission.sha256 in receipt
    assert str(submission.submitted_by) in receipt


def test_a_returned_form_says_why_on_top(year, as_user):
    year.to_appraisal()
    with year.on(LOCKS + timedelta(days=1)):
        return_assessment(assessment=year.assessment(), reason="Bổ sung <b>B.1</b>", actor=year.people["lead"])
        client, pk = as_user(year.officer()), year.assessment().pk
        pages = [text(client.get(reverse(name, args=args))) for name, args in
                 (("assessment", [pk]), ("assessment_pillar", [pk, "B"]), ("assessment_check", [pk]))]  # fmt: skip

    for page in pages:
        assert "Bổ sung &lt;b&gt;B.1&lt;/b&gt;" in page
    assert 'id="save-' in pages[1]


def test_last_year_stands_beside(year, as_user):
    """The year itself, published, seen from the one after it."""
    year.all_the_way()
    cycle = year.cycle
    cycle.pk, cycle.year, cycle.state = None, 2027, "filing"
    shift = timedelta(days=365)
    for name in (
        "filing_opens_at",
        "filing_closes_at",
        "filing_locks_at",
        "appraisal_closes_at",
        "explanation_closes_at",
    ):
        setattr(cycle, name, getattr(cycle, name) + shift)
    cycle.save()
    old = Assessment.objects.get(cycle__year=2026, unit=year.units[0])
    new = Assessment.objects.create(cycle=cycle, unit=old.unit, group=old.group, criteria_set=old.criteria_set)
    new.answers.bulk_create(
        [type(old.answers.first())(assessment=new, criterion=c) for c in old.criteria_set.criteria.all()]
    )

    with year.on(cycle.filing_opens_at + timedelta(days=1)):
        client = as_user(year.officer())
        overview = text(client.get(reverse("assessment", args=[new.pk])))
        form = text(client.get(reverse("assessment_pillar", args=[new.pk, "B"])))
        all_years = text(client.get(reverse("assessments")))

    assert "9.50" in overview or "9,50" in overview
    assert "90 ÷ 100" in form
    assert reverse("assessment", args=[old.pk]) in all_years
    assert "1/3" in all_years


def test_the_provenance_and_the_source_of_a_criterion_are_on_the_page(year, as_user):
    leaf = year.criteria_set.definition.leaf("B.1")
    assert leaf.provenance is None
    with year.filing():
        page = text(as_user(year.officer()).get(reverse("assessment_pillar", args=[year.assessment().pk, "B"])))

    assert "Thống kê" in page  # the evidence wanted
    assert year.agency.name in page


# --- the way to the head -------------------------------------------------------------------------------------------
def test_the_check_leads_to_each_line_and_opens_when_nothing_blocks(year, as_user):
    client, pk = as_user(year.officer()), year.assessment().pk
    with year.filing():
        page = text(client.get(reverse("assessment_check", args=[pk])))
        for code, pillar in (("A.1", "A"), ("B.1", "B")):
            assert f"{reverse('assessment_pillar', args=[pk, pillar])}#line-{year.answer(code).pk}" in page
        assert reverse("assessment_prepare", args=[pk]) not in page
        assert client.post(reverse("assessment_prepare", args=[pk])).status_code == 422

        year.fill()

        assert reverse("assessment_prepare", args=[pk]) in text(client.get(reverse("assessment_check", args=[pk])))


def test_head_submits_once_and_a_second_click_leads_to_the_same_receipt(year, as_user):
    head, pk = as_user(year.head()), year.assessment().pk
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        page = text(head.get(reverse("assessment_submit", args=[pk])))
        version = str(year.assessment().version)
        assert f'name="version" value="{version}"' in page
        clicks = [head.post(reverse("assessment_submit", args=[pk]), {"version": version}) for _click in range(2)]

    assert [(one.status_code, one.url) for one in clicks] == [(302, reverse("assessment_receipt", args=[pk]))] * 2
    assert year.assessment().submissions.count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_submitting_without_a_version_is_refused(year, as_user, version):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        response = as_user(year.head()).post(
            reverse("assessment_submit", args=[year.assessment().pk]), {"version": version}
        )

    assert response.status_code == 422
    assert not year.assessment().submissions.exists()


def test_submitting_another_version_than_was_read_is_409(year, as_user):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
        response = as_user(year.head()).post(
            reverse("assessment_submit", args=[year.assessment().pk]), {"version": "0"}
        )

    assert response.status_code == 409
    assert not year.assessment().submissions.exists()


def test_a_late_receipt_says_late(year, as_user):
    with year.filing():
        prepare(assessment=year.fill(), actor=year.officer())
    with year.on(LOCKS - timedelta(days=1)):
        submit(assessment=year.assessment(), actor=year.head())
        page = text(as_user(year.head()).get(reverse("assessment_receipt", args=[year.assessment().pk])))

    assert "text-wait" in page
    assert year.assessment().on_time is False


# --- what they cost ------------------------------------------------------------------------------------------------
def _cost(client, url, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(40) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["assessment", "assessment_check"])
def test_pages_cost_the_same_at_one_line_and_at_all(year, as_user, name, django_assert_max_num_queries):
    client, url = as_user(year.officer()), reverse(name, args=[year.assessment().pk])
    with year.filing():
        save(year, "A.1", {"value": "yes"})
        one = _cost(client, url, django_assert_max_num_queries)
        year.fill()
        for code in ("A.1", "A.2", "B.1"):
            attach_evidence(
                answers=[year.answer(code)], upload=upload(data=PDF + code.encode()), title="", actor=year.officer()
            )
        many = _cost(client, url, django_assert_max_num_queries)

    assert many == one


@pytest.mark.parametrize("code", ["A", ADJUSTMENTS])
def test_the_form_costs_the_same_empty_and_full(year, as_user, code, django_assert_max_num_queries):
    client, url = as_user(year.officer()), reverse("assessment_pillar", args=[year.assessment().pk, code])
    with year.filing():
        empty = _cost(client, url, django_assert_max_num_queries)
        given = {"T.1": AnswerInput(raw={"value": "2"}, explanation="x")}
        import_form(assessment=year.fill(), given=given, actor=year.officer())
        lines = ["A.1", "A.2", "A.3", "T.1"]
        for number in range(3):
            attach_evidence(
                answers=[year.answer(one) for one in lines],
                upload=upload(data=PDF + bytes([number])),
                title="",
                actor=year.officer(),
            )
        full = _cost(client, url, django_assert_max_num_queries)

    assert full == empty


def test_the_list_costs_the_same_at_one_year_and_at_three(year, as_user, django_assert_max_num_queries):
    client, url, own = as_user(year.officer()), reverse("assessments"), year.assessment()
    one = _cost(client, url, django_assert_max_num_queries)
    for number in (2027, 2028):
        cycle = type(year.cycle).objects.get(pk=year.cycle.pk)
        cycle.pk, cycle.year = None, number
        cycle.save()
        Assessment.objects.create(cycle=cycle, unit=own.unit, group=own.group, criteria_set=own.criteria_set)
    assert _cost(client, url, django_assert_max_num_queries) == one
