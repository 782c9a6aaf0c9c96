"""Going through a queue: later, by unit, the paper beside the score, orders of the list, what is to be looked at again."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import RoleMembership
from scoring.appraisal.selectors.paper import cited_page
from scoring.filing.evidence import attach_evidence
from scoring.models import Answer, Evidence
from tests.scoring.appraisal.test_reading import accept, ask, declare
from tests.scoring.filing.conftest import upload
from tests.scoring.filing.papers import pdf
from tests.stages import correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(appraising, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    client.force_login(appraising.people["appraiser"])
    return appraising


def url(answer: Answer, name: str = "appraisal_line", query: str = "") -> str:
    return reverse(name, args=[answer.pk]) + query


def accepting(answer: Answer) -> dict:
    return {"version": answer.version, "decision": "accept"}


@pytest.fixture
def paper(desk) -> Evidence:
    """Three pages behind B.1 of the first unit, whose words name the second; put there while a question was open."""
    ask(desk)
    given = {"answers": [desk.answer("B.1")], "title": "Thống kê", "actor": desk.officer()}
    attach_evidence(assessment=desk.assessment(), upload=upload(data=pdf(b"", b"", b"")), **given)
    declare(desk, "90", explanation="Số liệu ở trang 2 của báo cáo.")
    return desk.answer("B.1").evidence.get()


def test_what_was_put_off_comes_last_and_in_the_order_of_putting_off(desk, client):
    order = [desk.answer("A.1", index) for index in (2, 0, 1)]

    gone_to = [client.post(url(order[0], "appraisal_skip")).url, client.post(url(order[1], "appraisal_skip")).url]
    gone_to.append(client.post(url(order[2]), accepting(order[2])).url)
    gone_to.append(client.post(url(order[0]), accepting(order[0])).url)

    assert gone_to == [url(order[1]), url(order[2]), url(order[0]), url(order[1])]
    assert desk.answer("A.1").line_state == "open"


def test_putting_off_needs_a_post_and_belongs_to_one_person(desk, client):
    order = [desk.answer("A.1", index) for index in (2, 0, 1)]
    assert client.get(url(order[0], "appraisal_skip")).status_code == 405
    client.post(url(order[1], "appraisal_skip"))
    client.force_login(desk.people["appraiser2"])

    assert client.post(url(order[0]), accepting(order[0])).url == url(order[1])


def test_a_unit_is_gone_through_line_by_line(desk, client):
    first, second = desk.answer("A.1"), desk.answer("A.2")

    page = client.get(url(first, query="?by=unit"))
    following = client.post(url(first, query="?by=unit"), accepting(first)).url

    codes = [line.answer.criterion.code for line in page.context["page"].queue]
    assert codes == ["A.1", "A.2", "A.3", "B.1", "B.2", "B.3", "T.1", "P.1", "P.2"]
    assert (page.context["before"], page.context["after"]) == (None, second.pk)
    assert following == url(second, query="?by=unit")
    assert client.get(url(first, query="?by=pillar")).status_code == 400


def test_the_paper_opens_at_the_page_that_the_unit_names_with_and_without_a_script(desk, client, paper):
    answer = desk.answer("B.1")

    beside = client.get(url(answer, query=f"?file={paper.pk}"), headers={"HX-Request": "true"})
    whole = client.get(url(answer, query=f"?file={paper.pk}"))

    for response in (beside, whole):
        open_now = response.context["paper"]
        assert (open_now.number, open_now.before, open_now.after) == (2, 1, (paper.pk, 3))
        assert reverse("evidence_page", args=[paper.pk, 2]) in response.content.decode()
    assert ("<html" in beside.content.decode(), "<html" in whole.content.decode()) == (False, True)


def test_a_page_or_a_file_that_is_not_there_is_404(desk, client, paper):
    answer, other = desk.answer("B.1"), desk.answer("A.1")

    found = [
        client.get(url(one, query=f"?file={file}&page={page}")).status_code
        for one, file, page in [(answer, paper.pk, 3), (answer, paper.pk, 4), (answer, 99999, 1), (other, paper.pk, 1)]
    ]

    assert found == [200, 404, 404, 404]
    assert client.get(url(answer, query=f"?file={paper.pk}&page=x")).status_code == 400


@pytest.mark.parametrize(
    ("words", "page"),
    [("", 1), ("Xem trang 12, bảng 3", 12), ("tr. 4", 4), ("see page 7", 7), ("trang web", 1), ("trang 0", 1)],
)
def test_the_cited_page_is_read_from_the_units_words(words, page):
    assert cited_page(words) == page


def test_a_changed_line_is_shown_with_both_versions_in_list_queue_and_page(desk, client):
    read = accept(desk).read_as["version"]
    ask(desk)
    declare(desk, "70")
    Answer.objects.filter(pk=desk.answer("B.1").pk).update(clarification=None)
    answer = desk.answer("B.1")

    line = client.get(url(answer))
    criterion = reverse("appraisal_criterion", args=[2026, answer.criterion_id])
    listed = client.get(criterion, {"state": "again"}).context["lines"]

    page = line.content.decode()
    assert (line.context["page"].other.read, line.context["page"].other.now) == (read, answer.version)
    assert 'id="other"' in page
    assert "queue-note" in page
    assert [(one.answer.pk, one.state, one.other.fields[0].before, one.other.fields[0].after) for one in listed] == [
        (answer.pk, "again", "90", "70")
    ]
    assert [one.answer.pk for one in client.get(criterion, {"state": "left"}).context["lines"]].count(answer.pk) == 1


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("unit", ["Đoàn Kết", "Ngọc Chiến", "Tô Hiệu"]),
        ("-unit", ["Tô Hiệu", "Ngọc Chiến", "Đoàn Kết"]),
        ("claim", ["Đoàn Kết", "Tô Hiệu", "Ngọc Chiến"]),
        ("-claim", ["Ngọc Chiến", "Tô Hiệu", "Đoàn Kết"]),
        ("difference", ["Ngọc Chiến", "Tô Hiệu", "Đoàn Kết"]),
        ("-difference", ["Tô Hiệu", "Ngọc Chiến", "Đoàn Kết"]),
    ],
)
def test_the_list_is_sorted_by_unit_claim_or_difference(desk, client, sort, order):
    correct(desk, "B.1", a="60", b="100")
    accept(desk, "B.1", 1)

    response = client.get(reverse("appraisal_criterion", args=[2026, desk.answer("B.1").criterion_id]), {"sort": sort})

    assert [line.answer.assessment.unit.short_name for line in response.context["lines"]] == order


def test_the_plot_has_claims_and_marks_and_the_same_as_a_table(desk, client):
    correct(desk, "B.1", a="60", b="100")

    response = client.get(reverse("appraisal_criterion", args=[2026, desk.answer("B.1").criterion_id]))

    page = response.content.decode()
    assert (sorted(response.context["claims"]), response.context["marks"]) == (
        [Decimal("0"), Decimal("2.25"), Decimal("3")],
        [Decimal("2.25")],
    )
    assert (page.count("<circle"), page.count("strip-table"), 'aria-hidden="true"' in page) == (4, 1, True)


@pytest.mark.parametrize("name", ["appraisal_line", "appraisal_row"])
def test_who_lost_the_role_a_second_ago_is_refused_and_writes_nothing(desk, client, name):
    answer = desk.answer("B.1")
    assert client.get(url(answer)).status_code == 200
    RoleMembership.objects.filter(user=desk.people["appraiser"]).update(to_on=desk.cycle.filing_opens_at.date())

    response = client.post(url(answer, name), accepting(answer))

    assert response.status_code == 404
    assert desk.answer("B.1").version == answer.version


def test_a_reason_of_100_kb_with_markup_is_refused_whole_and_shown_as_text(desk, client):
    answer = desk.answer("B.1")
    reason = "<script>alert(1)</script>" * 4000
    given = {"version": answer.version, "decision": "inputs", "a": "60", "b": "100", "reason_code": "TL-04"}

    response = client.post(url(answer), given | {"reason": reason})

    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
    assert desk.answer("B.1").version == answer.version


@pytest.mark.parametrize("points", ["3,01", "-0,5", "NaN", "1,2,3", "∞", "1e1", "0x1"])
def test_points_out_of_range_or_no_number_are_refused_by_page_and_row(desk, client, points):
    answer = desk.answer("B.1")
    given = {"version": answer.version, "decision": "points", "appraised_points": points}
    given |= {"reason_code": "TL-04", "reason": "Thiếu căn cứ."}

    statuses = [client.post(url(answer, name), given).status_code for name in ("appraisal_line", "appraisal_row")]

    assert statuses == [422, 422]
    assert desk.answer("B.1").version == answer.version
