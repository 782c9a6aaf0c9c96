"""One criterion typed for many units: one act, one audit entry, all or nothing."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.audit.models import AuditEntry
from core.errors import Conflict, Invalid, NotAllowed, WrongState
from scoring.appraisal.entering import Entry, enter_lines
from tests.factories.people import make_user
from tests.stages import correct

pytestmark = pytest.mark.django_db
REASON = "Kết quả theo dõi năm 2026."


def act(year, code="B.3", actor="appraiser", reason=REASON, **points: str) -> int:
    """Enter `u0="0,5"`, `u1=...` of the units by index."""
    entries = []
    for unit, text in points.items():
        answer = year.answer(code, int(unit[1:]))
        entries.append(Entry(answer.pk, answer.version, {"points": text}))
    criterion = year.answer(code).criterion
    return enter_lines(cycle=year.cycle, criterion=criterion, entries=entries, reason=reason, actor=year.people[actor])


def standing(year, code="B.3") -> list:
    answers = [year.answer(code, index) for index in range(3)]
    return [(one.line_state, one.appraised_points) for one in answers]


def test_many_units_are_entered_as_one_act(appraising):
    before = AuditEntry.objects.count()

    assert act(appraising, u0="0,5", u1="", u2="1") == 2

    assert standing(appraising) == [("corrected", Decimal("0.5")), ("open", None), ("corrected", Decimal(1))]
    last = AuditEntry.objects.order_by("-seq").first()
    assert (AuditEntry.objects.count() - before, last.action) == (1, "criterion.enter_lines")
    kept = appraising.answer("B.3").correction
    assert (kept.values, kept.reason_code, kept.reason) == ({"points": "0.5"}, "TD-01", REASON)


def test_one_bad_figure_saves_nothing_and_is_named(appraising):
    with pytest.raises(Invalid) as refused:
        act(appraising, u0="0,5", u1="9")

    assert list(refused.value.fields) == [f"{appraising.answer('B.3', 1).pk}-points"]
    assert standing(appraising) == [("open", None)] * 3


def test_lines_decided_meanwhile_stay(appraising):
    correct(appraising, "B.3", 0, points="1")

    assert act(appraising, u0="0,5", u1="0,5") == 1
    assert standing(appraising)[0] == ("corrected", Decimal(1))


def test_an_open_line_that_changed_refuses_the_act(appraising):
    answer = appraising.answer("B.3")
    entry = Entry(answer.pk, answer.version + 1, {"points": "1"})

    with pytest.raises(Conflict):
        enter_lines(
            cycle=appraising.cycle,
            criterion=answer.criterion,
            entries=[entry],
            reason=REASON,
            actor=appraising.people["appraiser"],
        )


def test_a_source_and_figures_are_needed(appraising):
    with pytest.raises(Invalid):
        act(appraising, reason=" ", u0="1")
    with pytest.raises(Invalid):
        act(appraising, u0=" ")


def test_only_the_agency_enters_and_only_what_units_do_not_declare(appraising):
    with pytest.raises(NotAllowed):
        act(appraising, actor="other_appraiser", u0="1")
    with pytest.raises(WrongState):
        act(appraising, code="A.1", u0="1")


def test_the_own_unit_is_left_to_others(appraising):
    roles = [(Role.APPRAISER, appraising.agency), (Role.UNIT_OFFICER, appraising.units[0])]
    appraising.people["both"] = make_user("both", *roles)

    with pytest.raises(NotAllowed):
        act(appraising, actor="both", u0="1", u1="1")
    assert standing(appraising) == [("open", None)] * 3


@pytest.fixture
def page(appraising, client):
    client.force_login(appraising.people["appraiser"])
    return reverse("appraisal_enter", args=[2026, appraising.answer("B.3").criterion_id])


def posted(year, **points: str) -> dict:
    answers = [year.answer("B.3", index) for index in range(3)]
    data = {f"{one.pk}-version": one.version for one in answers} | {"reason": REASON}
    return data | {f"{answers[int(unit[1:])].pk}-points": text for unit, text in points.items()}


def test_the_page_has_a_field_for_each_waiting_unit(appraising, client, page):
    correct(appraising, "B.3", 0, points="1")

    form = client.get(page).context["form"]

    assert [line.answer.assessment.unit.short_name for line, *_rest in form.rows] == ["Đoàn Kết", "Tô Hiệu"]


def test_the_page_saves_and_returns_to_the_criterion(appraising, client, page):
    response = client.post(page, posted(appraising, u0="0,25", u2="1"))

    assert response.status_code == 302
    assert standing(appraising)[0] == ("corrected", Decimal("0.25"))


def test_a_refused_figure_stays_beside_its_field(appraising, client, page):
    response = client.post(page, posted(appraising, u0="abc", u2="1"))

    name = f"{appraising.answer('B.3').pk}-points"
    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])
    assert response.context["form"][name].value() == "abc"


def test_a_changed_line_keeps_what_was_typed_and_can_be_saved_again(appraising, client, page):
    data = posted(appraising, u0="0,5")
    data[f"{appraising.answer('B.3').pk}-version"] = 99

    response = client.post(page, data)

    assert response.status_code == 409
    again = {bound.html_name: bound.value() or "" for bound in response.context["form"]}
    assert client.post(page, again).status_code == 302


def test_a_criterion_that_units_declare_has_no_such_page(appraising, client, page):
    url = reverse("appraisal_enter", args=[2026, appraising.answer("A.1").criterion_id])
    assert client.get(url).status_code == 404


def test_the_criterion_leads_there_while_units_wait(appraising, client, page):
    listed = reverse("appraisal_criterion", args=[2026, appraising.answer("B.3").criterion_id])
    assert page in client.get(listed).content.decode()
    act(appraising, u0="1", u1="1", u2="1")
    assert page not in client.get(listed).content.decode()
