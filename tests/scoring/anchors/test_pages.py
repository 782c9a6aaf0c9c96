"""Reference answers before the units, and who is told of a drift: as a browser and Excel see them."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.anchors.drift import Tendency
from scoring.anchors.report import drift_of, drift_of_everybody
from scoring.anchors.services import mark_anchor
from scoring.models import Answer, Correction, Explanation
from tests.scoring.appraisal.many import many_handed_in

pytestmark = pytest.mark.django_db

AGREED, COLLEAGUE = "1.37", "2.87"
# The points as people and as programs write them (drawings have coordinates too, within an attribute), and the reason.
SECRET = re.compile(r"1,37|2,87|\"(?:1\.37|2\.87)\"|tháng Mười Hai")


@pytest.fixture
def anchor(appraising, take):
    """Agreed 1.37 of 3, `appraiser2` gave 2.87."""
    one = take(points=AGREED, reason="Vì thống kê thiếu tháng Mười Hai.")
    mark_anchor(anchor=one, points=Decimal(COLLEAGUE), actor=appraising.people["appraiser2"])
    return one


@pytest.fixture
def sees(appraising, client):
    def page(name: str, *args, who: str = "appraiser", **query) -> str:
        client.force_login(appraising.people[who])
        return client.get(reverse(name, args=args), query).content.decode()

    return page


def decided(year, who: str, cut: str, forms, code: str = "B.1", at: int = 0) -> None:
    """Laid out at once: what is tested is the report. B.1 claimed 3 of 3 and appraised with `cut` less."""
    lines = Answer.objects.filter(assessment__in=forms, criterion__code=code)
    moment = year.cycle.filing_locks_at + timedelta(minutes=at)
    lines.update(
        line_state="corrected",
        claimed_points=Decimal(3),
        appraised_points=Decimal(3) - Decimal(cut),
        appraised_by=year.people[who],
        appraised_at=moment,
    )


class TestBlind:
    def test_no_page_tells_the_agreed_mark_nor_a_colleagues_before_the_own_one(self, appraising, anchor, client):
        client.force_login(appraising.people["appraiser"])
        line, form, year = anchor.answer, anchor.answer.assessment_id, 2026
        addresses = [
            reverse("home"),
            *(reverse(name, args=[year]) for name in ("appraisal_year", "appraisal_progress", "drift")),
            *(reverse(name, args=[year, line.criterion_id]) for name in ("appraisal_criterion", "appraisal_grid")),
            *(reverse("appraisal_line", args=[appraising.answer("B.1", index).pk]) for index in range(3)),
            reverse("appraisal_unit", args=[form]),
            reverse("anchor", args=[anchor.pk]),
            reverse("api_assessment", args=[form]),
            reverse("api_answer", args=[form, "B.1"]),
        ]

        found = {address: SECRET.findall(client.get(address).content.decode()) for address in addresses}

        assert found == dict.fromkeys(addresses, [])

    def test_the_page_names_no_unit_to_an_appraiser(self, appraising, anchor, sees):
        for _moment in ("before", "after"):
            page = sees("anchor", anchor.pk)
            assert str(appraising.units[1]) not in page
            mark_once(appraising, anchor)
        assert str(appraising.units[1]) in sees("anchor", anchor.pk, who="lead")

    def test_a_refused_mark_tells_nothing(self, appraising, anchor, client):
        client.force_login(appraising.people["appraiser"])

        answer = client.post(reverse("anchor", args=[anchor.pk]), {"points": "3,5"})

        assert answer.status_code == 422
        assert "1,37" not in answer.content.decode()
        assert 'id="agreed"' not in answer.content.decode()

    def test_saved_the_agreed_mark_the_reason_and_the_gap_are_shown(self, appraising, anchor, client):
        client.force_login(appraising.people["appraiser"])
        address = reverse("anchor", args=[anchor.pk])

        page = client.post(address, {"points": "1,12"}, follow=True).content.decode()

        assert [word in page for word in ("1,37", "0,25", "tháng Mười Hai", "2,87")] == [True, True, True, False]
        assert client.post(address, {"points": "1"}).status_code == 409

    def test_only_the_lead_reads_what_each_gave(self, anchor, sees):
        assert "2,87" in sees("anchor", anchor.pk, who="lead")
        page = sees("anchor", anchor.pk, who="secretary")
        assert ("1,37" in page, "2,87" in page) == (True, False)


def mark_once(year, anchor) -> None:
    if not anchor.marks.filter(appraiser=year.people["appraiser"]).exists():
        mark_anchor(anchor=anchor, points=Decimal(1), actor=year.people["appraiser"])


class TestFirst:
    def test_it_stands_before_the_units_and_blocks_nothing(self, appraising, anchor, sees):
        page = sees("appraisal_criterion", 2026, anchor.criterion_id)

        offer, line = reverse("anchor", args=[anchor.pk]), reverse("appraisal_line", args=[appraising.answer("B.1").pk])
        assert 0 < page.index(f'href="{offer}"') < page.index(f'href="{line}"')
        assert f'href="{offer}"' in sees("appraisal_line", appraising.answer("B.1").pk)

        mark_once(appraising, anchor)
        assert f'href="{offer}"' not in sees("appraisal_line", appraising.answer("B.1").pk)

    def test_the_lead_takes_one_from_the_decided_lines(self, appraising, anchor, client):
        client.force_login(appraising.people["lead"])
        args = [2026, anchor.criterion_id]
        assert [row.is_taken for row in client.get(reverse("anchor_candidates", args=args)).context["rows"]] == [True]
        other = appraising.answer("B.1", 2)
        Answer.objects.filter(pk=other.pk).update(line_state="accepted", appraised_by=appraising.people["appraiser"])

        address = reverse("anchor_take", args=[*args, other.pk])
        assert client.post(address, {"points": "0,3", "reason": ""}).status_code == 422
        saved = client.post(address, {"points": "0,3", "reason": "Tỷ lệ dưới 40%."})

        assert (saved.status_code, saved.url) == (302, reverse("appraisal_criterion", args=args))

    def test_what_last_year_declared_otherwise_is_no_reference_answer(self, appraising, anchor, client):
        client.force_login(appraising.people["lead"])
        Answer.objects.filter(pk=anchor.answer_id).update(values={"value": "yes"})

        page = client.get(reverse("anchor_take", args=[2026, anchor.criterion_id, anchor.answer_id]))

        assert page.status_code == 200
        assert 'id="locked"' in page.content.decode()

    def test_one_costs_as_many_queries_as_three(self, appraising, take, client, django_assert_max_num_queries):
        client.force_login(appraising.people["lead"])
        first = take(index=0)
        counted = []
        for _more in range(2):
            for address in ("appraisal_criterion", "anchor_candidates"):
                with django_assert_max_num_queries(16) as queries:
                    client.get(reverse(address, args=[2026, first.criterion_id]))
                counted.append(len(queries))
            if len(counted) == 2:
                take(index=1), take(index=2)
        assert counted[:2] == counted[2:]


class TestDrift:
    @pytest.fixture
    def drifting(self, appraising):
        """`appraiser` cuts half of every claim, two others nothing: 12 files each."""
        forms = many_handed_in(appraising, 36)
        for at, (who, cut) in enumerate({"appraiser": "1.5", "appraiser2": "0", "other_appraiser": "0"}.items()):
            decided(appraising, who, cut, forms[at * 12 : at * 12 + 12], at=at)
        return appraising

    def test_the_lead_is_told_of_everybody(self, drifting, client):
        client.force_login(drifting.people["lead"])

        rows = client.get(reverse("drift", args=[2026])).context["rows"]

        found = {row.one.person.username: row.one.peers.tendency for row in rows}
        assert found == {"appraiser": Tendency.STRICT, "appraiser2": Tendency.EVEN, "other_appraiser": Tendency.EVEN}

    def test_an_appraiser_of_the_own_marks_only(self, drifting, sees):
        page = sees("drift", 2026)

        assert [name in page for name in ("Người appraiser<", "Người appraiser2", "Người other_appraiser")] == [
            True,
            False,
            False,
        ]
        assert "50,0%" in page

    def test_the_workbook_holds_what_the_page_says(self, drifting, client):
        client.force_login(drifting.people["lead"])
        said = [row.peers for row in client.get(reverse("drift", args=[2026])).context["rows"]]

        data = client.get(reverse("drift_file", args=[2026])).content

        sheet = load_workbook(io.BytesIO(data)).active
        assert [sheet.cell(row, 6).value for row in range(5, 8)] == said

    def test_no_score_is_changed_by_looking(self, drifting, sees):
        before = list(Answer.objects.order_by("pk").values())
        sees("drift", 2026, who="lead")

        assert list(Answer.objects.order_by("pk").values()) == before

    def test_one_person_costs_as_many_queries_as_three(self, drifting, client, django_assert_max_num_queries):
        client.force_login(drifting.people["lead"])
        address, counted = reverse("drift", args=[2026]), []
        client.get(address)
        for _people in range(2):
            with django_assert_max_num_queries(12) as queries:
                client.get(address)
            counted.append(len(queries))
            Answer.objects.update(appraised_by=drifting.people["appraiser"])
        assert counted[0] == counted[1]

    def test_a_mark_is_what_the_first_appraiser_gave_also_after_an_explanation(self, drifting):
        """All twelve contested and upheld: the claim counts again, and the appraiser was strict all the same."""
        head = drifting.head()
        for line in Answer.objects.filter(appraised_by=drifting.people["appraiser"]):
            given = {
                "values": {},
                "reason_code": "TL-01",
                "reason": "x",
                "kind": "inputs",
                "made_at": line.appraised_at,
            }
            made = Correction.objects.create(
                answer=line, points=line.appraised_points, made_by=line.appraised_by, **given
            )
            Explanation.objects.create(
                answer=line, contested=made, state="upheld", grounds="x", filed_by=head, filed_at=line.appraised_at
            )
        Answer.objects.filter(appraised_by=drifting.people["appraiser"]).update(appraised_points=Decimal(3))

        assert drift_of(drifting.people["appraiser"], drifting.cycle).peers.own_share == Decimal("0.5")

    def test_a_greater_deduction_is_stricter(self, drifting):
        """P.1 takes away: more of it is no milder mark."""
        forms = [one.assessment for one in Answer.objects.filter(criterion__code="B.1", appraised_at__isnull=False)]
        for at, who in enumerate(("appraiser", "appraiser2", "other_appraiser")):
            decided(drifting, who, "1" if at else "-0.5", forms[at * 12 : at * 12 + 12], code="P.1", at=10 + at)
        Answer.objects.filter(criterion__code="B.1").update(line_state="open")

        found = {
            one.person.username: one.peers.tendency
            for one in drift_of_everybody(drifting.people["lead"], drifting.cycle)
        }

        assert found["appraiser"] == Tendency.STRICT

    def test_what_a_lead_decided_is_nobodys_measure(self, drifting):
        """Who accepts what is left over would make everybody else strict."""
        lead, appraiser = drifting.people["lead"], drifting.people["appraiser"]
        Answer.objects.exclude(appraised_by=appraiser).update(appraised_by=lead)

        (only,) = drift_of_everybody(lead, drifting.cycle)

        assert (only.person, only.peers.tendency, only.peers.peer_files) == (appraiser, Tendency.TOO_FEW, 0)

    def test_withdrawn_reference_answers_count_no_more(self, appraising, anchor):
        person = appraising.people["appraiser2"]
        assert drift_of(person, appraising.cycle).anchors.marks == 1

        anchor.__class__.objects.filter(pk=anchor.pk).update(
            withdrawn_at=anchor.taken_at, withdrawn_by=anchor.taken_by, withdrawal_reason="x"
        )

        assert drift_of(person, appraising.cycle).anchors.marks == 0
