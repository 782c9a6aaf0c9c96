"""The catalogue on forms of the database: what it reads, what that costs, where it shows."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock
from core.audit.models import AuditEntry
from scoring.filing.checks import CHECKS, blocking_findings, findings
from scoring.filing.evidence import attach_evidence
from scoring.filing.services import AnswerInput, import_form, prepare, save_answer
from scoring.filing.usual import usual_numbers
from tests.scoring.filing.conftest import PDF, line_data, upload

pytestmark = pytest.mark.django_db


def said(year, now=None) -> list[tuple[str, str]]:
    return [(one.criterion_code, one.check.id) for one in findings(year.assessment(), now or clock.now())]


def declare(year, **lines: AnswerInput) -> None:
    given = {code.replace("_", "."): one for code, one in lines.items()}
    import_form(assessment=year.assessment(), given=given, actor=year.officer())


def signed(year):
    """Signed by the head with those warnings."""
    ready(year)
    return year.sign()


def ready(year):
    """Everything declared, with two warnings: only an explanation twice; and one more: it is too short."""
    year.fill()
    declare(year, A_3=AnswerInput(raw={"value": "5"}, explanation="Đã họp."))
    return prepare(assessment=year.assessment(), actor=year.officer())


class TestWhatIsRead:
    def test_last_year_the_group_and_the_files_reach_the_checks(self, next_filing):
        year = next_filing
        declare(year, A_3=AnswerInput(raw={"value": "1"}), B_1=AnswerInput(raw={"a": "10", "b": "1200"}))
        attach_evidence(answers=[year.answer("B.1")], upload=upload("a.pdf"), title="", actor=year.officer())

        found = said(year)

        assert ("A.3", "zero-after-points") in found  # 5 meetings then, 1 now
        assert ("B.1", "far-from-group") in found  # 100 in all three units
        assert ("B.1", "total-jumped") in found
        assert ("B.1", "evidence-unnamed") in found

    def test_usual_is_the_median_of_what_the_group_was_ranked_by(self, next_filing):
        usual = usual_numbers(next_filing.assessment())

        assert usual[("B.1", "a")] == Decimal(60)  # 60 as corrected, 60, 10
        assert usual[("B.2", "value")] == Decimal(7)
        assert ("A.2", "option") not in usual

    def test_nothing_is_usual_in_the_first_year(self, year):
        assert usual_numbers(year.assessment()) == {}

    @pytest.mark.parametrize(
        ("code", "values"),
        [("B.1", {"a": "9", "b": "5"}), ("B.2", {"value": "-1"}), ("A.2", {"option": "gone"})],
    )
    def test_a_figure_that_another_door_let_in_blocks_and_its_pages_open(self, year, as_user, code, values):
        """The form refuses it; a program that writes rows does not. It counts for nothing."""
        line = year.answer(code)
        line.values, line.explanation, line.claimed_points = values, "Theo thống kê của Văn phòng.", Decimal(1)
        line.save()
        client, form, pillar = as_user(year.officer()), year.assessment(), line.criterion.pillar.code

        with year.filing():
            answered = [
                client.get(reverse(name, args=[form.pk, *more]))
                for name, *more in (("assessment_check",), ("assessment_pillar", pillar), ("assessment",))
            ]

        assert (code, "value-refused") in [(one.criterion_code, one.check.id) for one in blocking_findings(form)]
        assert [one.status_code for one in answered] == [200, 200, 200]
        assert answered[-1].context["progress"].total == 0


class TestWhatItCosts:
    def cost(self, year, django_assert_max_num_queries) -> int:
        form, now = year.assessment(), clock.now()
        with django_assert_max_num_queries(20) as queries:
            findings(form, now)
        return len(queries)

    def test_the_same_at_no_line_and_at_all_with_files(self, next_filing, django_assert_max_num_queries):
        self.cost(next_filing, django_assert_max_num_queries)  # a process reads what is usual once
        empty = self.cost(next_filing, django_assert_max_num_queries)
        next_filing.fill()
        for code in ("A.1", "A.2", "B.1"):
            data = PDF + code.encode()
            attach_evidence(
                answers=[next_filing.answer(code)], upload=upload(data=data), title="", actor=next_filing.officer()
            )

        assert self.cost(next_filing, django_assert_max_num_queries) == empty

    def test_saving_one_line_costs_the_same_at_one_file_of_last_year_and_at_none(
        self, next_filing, as_user, django_assert_max_num_queries
    ):
        client, costs = as_user(next_filing.officer()), []
        for value in ("4", "3", "2"):
            line = next_filing.answer("A.3")
            sent = line_data(line, value=value)
            with django_assert_max_num_queries(45) as queries:
                client.post(reverse("answer_save", args=[line.pk]), sent, headers={"HX-Request": "true"})
            costs.append(len(queries))
            if value == "3":
                next_filing.fill()
                declare(next_filing, A_3=AnswerInput(raw={"value": "3"}))

        assert costs[1] == costs[2]


class TestTheLine:
    def test_a_save_answers_with_what_the_checks_say_against_last_year(self, next_filing, as_user):
        client, line = as_user(next_filing.officer()), next_filing.answer("A.3")
        sent = line_data(line, value="1", explanation="Có.")

        page = client.post(reverse("answer_save", args=[line.pk]), sent, headers={"HX-Request": "true"})

        row = page.context["row"]
        assert [one.check.id for one in row.findings] == ["explanation-short"]
        sent = line_data(next_filing.answer("A.3"), value="1")
        page = client.post(reverse("answer_save", args=[line.pk]), sent, headers={"HX-Request": "true"})
        assert [one.check.id for one in page.context["row"].findings] == ["zero-after-points"]

    def test_the_most_important_stands_first_and_the_others_are_folded_behind_it(self, next_filing, as_user):
        year = next_filing
        declare(year, B_1=AnswerInput(raw={"a": "10", "b": "1200"}, explanation="Có."))
        address = reverse("assessment_pillar", args=[year.assessment().pk, "B"])

        answered = as_user(year.officer()).get(address)

        row = next(row for row, _guide in answered.context["lines"] if row.criterion.code == "B.1")
        assert [one.check.id for one in row.findings] == ["far-from-group", "explanation-short"]
        page = answered.content.decode()
        first = page.index(row.findings[0].sentence)
        assert first < page.index("line-more") < page.index(row.findings[1].sentence)

    def test_a_locked_form_shows_no_remarks(self, year, as_user):
        with year.filing():
            ready(year)
            answered = as_user(year.officer()).get(reverse("assessment_pillar", args=[year.assessment().pk, "A"]))

        assert all(row.findings == [] for row, _guide in answered.context["lines"])


class TestTheCheckPage:
    def board(self, year, as_user, query: str = "", name: str = "assessment_check"):
        person = year.head() if name == "assessment_submit" else year.officer()
        return as_user(person).get(reverse(name, args=[year.assessment().pk]) + query)

    def test_groups_by_severity_then_pillar_with_counts(self, year, as_user):
        with year.filing():
            year.fill()
            declare(year, A_1=AnswerInput(raw={"value": "yes"}), B_2=AnswerInput(raw={"value": "10"}))
            board = self.board(year, as_user).context["board"]

        assert [(group.severity, group.count) for group in board.groups] == [("error", 1), ("warning", 2), ("hint", 1)]
        warned = board.groups[1]
        assert [(section.code, [one.check.id for one in found]) for section, found in warned.sections] == [
            ("B", ["evidence-explained-only", "looks-like-a-percentage"])
        ]
        assert board.total == 4

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", ["error", "warning", "hint"]),
            ("?severity=error", ["error"]),
            ("?severity=hint", ["hint"]),
            ("?severity=all", ["error", "warning", "hint"]),
        ],
    )
    def test_one_severity_can_be_asked_for(self, year, as_user, query, shown):
        with year.filing():
            year.fill()
            declare(year, A_1=AnswerInput(raw={"value": "yes"}), B_2=AnswerInput(raw={"value": "10"}))
            board = self.board(year, as_user, query).context["board"]

        assert [group.severity for group in board.groups] == shown
        assert board.total == 4

    def test_all_clear(self, year, as_user):
        """Everything proven, no figure that looks odd."""
        with year.filing():
            year.fill()
            declare(year, B_1=AnswerInput(raw={"a": "80", "b": "97"}))
            lines = [year.answer(code) for code in ("A.1", "A.2", "A.3", "B.1", "B.2")]
            title = "Báo cáo 205/BC-UBND ngày 30/10/2026"
            attach_evidence(answers=lines, upload=upload(), title=title, actor=year.officer())
            answered = self.board(year, as_user)

        assert answered.context["board"].groups == []
        assert "empty" in answered.content.decode()

    def test_what_concerns_the_form_stands_first_and_links_nowhere(self, year, as_user):
        with year.on(year.cycle.filing_closes_at + timedelta(hours=1)):
            year.fill()
            board = self.board(year, as_user).context["board"]

        section, found = board.groups[0].sections[0]
        assert (section, [one.check.id for one in found]) == (None, ["late"])

    def test_whoever_signs_reads_the_warnings_and_no_hints(self, year, as_user):
        with year.filing():
            ready(year)
            answered = self.board(year, as_user, name="assessment_submit")

        page, (group,) = answered.content.decode(), answered.context["board"].groups
        assert (group.severity, group.count) == ("warning", 4)
        assert [(check.id, n) for check, n in group.by_check] == [
            ("evidence-explained-only", 2),
            ("explanation-short", 1),
            ("looks-like-a-percentage", 1),
        ]
        assert all(one.sentence in page for _section, found in group.sections for one in found)
        assert f"#line-{year.answer('A.3').pk}" in page

    def test_the_trail_keeps_how_many_there_were_of_each(self, year):
        with year.filing():
            signed(year)

        details = json.loads(AuditEntry.objects.filter(action="assessment.receipt").get().details)
        assert details["warnings"] == {
            "evidence-explained-only": 2,
            "explanation-short": 1,
            "looks-like-a-percentage": 1,
        }
        assert set(details["warnings"]) <= set(CHECKS)

    def test_warnings_do_not_stop_a_submission(self, year):
        with year.filing():
            assert signed(year).number == 1


def test_the_api_tells_the_most_important_and_all_of_them(next_filing, as_user):
    line = next_filing.answer("B.1")
    given = AnswerInput(raw={"a": "10", "b": "1200"}, explanation="Có.")
    save_answer(answer=line, given=given, version=0, actor=next_filing.officer())

    read = as_user(next_filing.officer()).get(f"/api/v1/assessments/{next_filing.assessment().pk}/answers/B.1/").json()

    assert read["finding"] == read["findings"][0]
    assert {name: read["finding"][name] for name in ("check", "severity", "kind", "field", "blocks")} == {
        "check": "far-from-group",
        "severity": "warning",
        "kind": "value",
        "field": "b",
        "blocks": False,
    }
    assert [one["check"] for one in read["findings"]] == ["far-from-group", "explanation-short"]
    assert read["carried_from"] is None
