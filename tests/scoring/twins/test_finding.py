"""The job: what is a twin and what is not, what it writes, when it is begun."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.enums import Role
from accounts.models import RoleMembership
from core import clock
from core.audit.models import AuditEntry
from core.errors import Invalid, NotAllowed, NotFound, WrongState
from core.jobs.models import Job
from core.jobs.runner import sweep
from scoring.enums import ScanState, TextState
from scoring.filing.citing import name_document
from scoring.filing.library import withdraw_evidence
from scoring.models import Cycle, Evidence, EvidenceFlag, EvidenceText
from scoring.twins.finding import KIND, PAUSE, look_for_twins
from scoring.twins.services import put_back, set_aside
from tests.factories.year import OPENS
from tests.scoring.filing.papers import picture
from tests.scoring.twins.corpus import Corpus
from tests.scoring.twins.files import file_of
from tests.stages import APPRAISING

pytestmark = pytest.mark.django_db
OTHER = picture((40, 40))


def kinds(flags) -> list[str]:
    return sorted(flag.kind for flag in flags)


def pairs(flags) -> set[tuple[str, ...]]:
    return {tuple(form.unit.short_name for form in (flag.first, flag.second) if form) for flag in flags}


class TestWhatIsATwin:
    def test_the_same_file_is_one_between_units_that_handed_in_and_in_nobody_elses_form(self, year, attach, search):
        with year.filing():
            attach(0)
            attach(1, "B.1")
            attach(2, data=OTHER)
        assert search() == []
        year.to_appraisal(0, 1)

        (flag,) = search()

        assert (flag.kind, flag.likeness_percent, pairs([flag])) == ("file", 100, {("Ngọc Chiến", "Tô Hiệu")})
        assert [flag.first_answer.criterion.code, flag.second_answer.criterion.code] == ["A.1", "B.1"]

    def test_a_file_of_the_province_may_stand_with_everybody(self, year, attach, name, search):
        with year.filing():
            files = [attach(0), attach(1)]
            for index, file in enumerate(files):
                decision = name(index, "Ủy ban nhân dân tỉnh Sơn La", code="B.1")
                name_document(evidence=file, citation=decision, actor=year.officer(index))
        year.to_appraisal()

        assert search() == []

    @pytest.mark.parametrize(
        ("issuers", "found"),
        [
            (("UBND xã Ngọc Chiến", "Ủy ban nhân dân Xã Ngọc Chiến"), ["number"]),
            (("UBND xã Ngọc Chiến", "UBND phường Tô Hiệu"), []),
            (("UBND xã", "Ủy ban nhân dân xã"), ["number"]),
            (("UBND tỉnh", "Ủy ban nhân dân tỉnh"), []),
            (("Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"), []),
        ],
    )
    def test_a_number_is_one_where_it_is_the_same_offices(self, year, name, search, issuers, found):
        with year.filing():
            for index, issuer in enumerate(issuers):
                name(index, issuer)
        year.to_appraisal()

        assert kinds(search()) == found

    def test_a_date_outside_the_year_is_a_flag_of_its_own(self, year, attach, name, search):
        with year.filing():
            name(0, "UBND xã Ngọc Chiến", day="2025-12-31")
            attach(0, "B.1", title="Báo cáo 9/BC-UBND ngày 03/02/2024")
            attach(1, "B.1", data=OTHER, title="Báo cáo 9/BC-UBND ngày 03/02/2026")
        year.to_appraisal()

        assert [str(flag.dated_on) for flag in search()] == ["2024-02-03", "2025-12-31"]

    def test_the_head_of_a_document_weighs_more_than_its_title(self, year, attach, search):
        written = Corpus(["Xã Ngọc Chiến"]).own(0, 2, "old")
        last_year, this_year = replace(written, dated_on=date(2025, 3, 4)), replace(written, dated_on=date(2026, 3, 4))
        with year.filing():
            attach(0, data=file_of(replace(last_year, form="docx"))[1], name="a.docx", title="Báo cáo ngày 04/03/2026")
            attach(1, data=file_of(replace(this_year, form="pdf"))[1], name="a.pdf", title="Báo cáo ngày 04/03/2025")
        year.to_appraisal()

        flags = search()

        assert [(one.first.unit_id, str(one.dated_on)) for one in flags if one.kind == "year"] == [
            (year.units[0].pk, "2025-03-04")
        ]
        assert [one.likeness_percent > 95 for one in flags if one.kind == "text"] == [True]


class TestTheJob:
    @pytest.fixture
    def twins(self, year, attach):
        with year.filing():
            self.files = [attach(0), attach(1)]
        return year.to_appraisal()

    def test_twice_has_the_effect_of_once_and_each_content_is_read_once(self, twins, search):
        before = [flag.pk for flag in search()]

        assert [flag.pk for flag in search()] == before
        assert EvidenceText.objects.values_list("state", flat=True).get() == TextState.EMPTY

    def test_what_is_no_longer_so_goes_unless_it_was_set_aside(self, twins, search):
        (flag,) = search()
        Evidence.objects.filter(pk=self.files[1].pk).update(removed_at=clock.now())
        assert search() == []

        Evidence.objects.filter(pk=self.files[1].pk).update(removed_at=None)
        (flag,) = search()
        set_aside(flag=flag, reason="Ký chung.", actor=twins.people["lead"])
        Evidence.objects.filter(pk=self.files[1].pk).update(removed_at=clock.now())
        assert search() == [flag]

    def test_a_file_sent_again_stays_set_aside(self, year, attach, search):
        with year.filing():
            attach(0)
            first = attach(1)
        forms = year.cycle.assessments
        forms.update(state="submitted")
        (flag,) = search()
        set_aside(flag=flag, reason="Ký chung.", actor=year.people["lead"])
        forms.update(state="draft")
        with year.filing():
            withdraw_evidence(evidence=first, actor=year.officer(1))
            again = attach(1)
        forms.update(state="submitted")

        (found,) = search()

        assert (found.pk, found.second_evidence_id, found.set_aside_reason) == (flag.pk, again.pk, "Ký chung.")

    def test_the_sweeper_begins_one_when_something_changed_and_not_too_often(self, twins):
        with clock.set_to(APPRAISING):
            assert look_for_twins() == 1
            assert look_for_twins() == 0
            assert sweep() == 1
        assert EvidenceFlag.objects.count() == 1
        with clock.set_to(APPRAISING + PAUSE * 2):
            look_for_twins()  # what was unread then has been read
            sweep()
        with clock.set_to(APPRAISING + PAUSE * 4):
            assert look_for_twins() == 0
            Evidence.objects.filter(pk=self.files[0].pk).update(title="Báo cáo ngày 01/02/2024")
            assert look_for_twins() == 1
            assert look_for_twins() == 0
        assert Job.objects.filter(kind=KIND).count() == 3

    def test_a_file_that_is_held_back_is_not_read(self, twins, search):
        Evidence.objects.update(scan=ScanState.WAITING)
        search()

        assert not EvidenceText.objects.exists()

    def test_the_command_searches_at_once_or_says_that_there_is_no_such_year(self, twins, capsys):
        call_command("find_twins", "2026")

        assert capsys.readouterr().out.startswith("1 flags")
        with pytest.raises(CommandError):
            call_command("find_twins", "1999")


class TestSettingAside:
    @pytest.fixture
    def flag(self, year, attach, search):
        with year.filing():
            attach(0)
            attach(1)
        year.to_appraisal()
        with year.on(APPRAISING):
            (flag,) = search()
            yield flag

    def test_both_acts_are_in_the_trail(self, year, flag):
        lead = year.people["lead"]
        set_aside(flag=flag, reason="Ký chung.", actor=lead)
        put_back(flag=flag, actor=lead)
        put_back(flag=flag, actor=lead)

        about = {"kind": "file", "units": ["Xã Ngọc Chiến", "Phường Tô Hiệu"], "reason": "Ký chung."}
        entries = AuditEntry.objects.filter(action__startswith="evidenceflag.").order_by("pk")
        assert [(one.action, json.loads(one.details)) for one in entries] == [
            ("evidenceflag.set_aside", about), ("evidenceflag.put_back", about)
        ]  # fmt: skip
        flag.refresh_from_db()
        assert (flag.set_aside_reason, flag.set_aside_by, flag.set_aside_at) == ("", None, None)

    @pytest.mark.parametrize(
        ("who", "refusal"), [("other_appraiser", NotAllowed), ("auditor", NotAllowed), ("head0", NotFound)]
    )
    def test_others_are_refused(self, year, flag, who, refusal):
        with pytest.raises(refusal):
            set_aside(flag=flag, reason="Ký chung.", actor=year.people[who])

    def test_the_own_units_flag_is_not_there(self, year, flag):
        lead = year.people["lead"]
        RoleMembership.objects.create(user=lead, role=Role.UNIT_OFFICER, unit=year.units[1], from_on=OPENS.date())
        lead.forget_roles()

        with pytest.raises(NotFound):
            set_aside(flag=flag, reason="Ký chung.", actor=lead)

    def test_a_reason_is_needed_and_a_published_year_is_left_alone(self, year, flag):
        lead = year.people["lead"]
        with pytest.raises(Invalid):
            set_aside(flag=flag, reason=" ", actor=lead)
        Cycle.objects.update(state="published")
        with pytest.raises(WrongState):
            set_aside(flag=flag, reason="Ký chung.", actor=lead)

    @pytest.mark.parametrize(
        "change",
        [
            {"set_aside_at": OPENS},
            {"likeness_percent": 101},
            {"second": None},
            {"first_evidence": None},
            {"kind": "year"},
        ],
    )
    def test_the_database_refuses_half_a_flag(self, flag, change):
        with pytest.raises(DatabaseError), transaction.atomic():
            EvidenceFlag.objects.update(**change)
