"""Journey 4 through the pages, from the published ranking: nominate, vote, decide, certify, and a citizen checks the paper."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.enums import Role
from accounts.models import User
from accounts.trail_words import NAMES
from core.audit.models import AuditEntry
from core.audit.services import faults as audit_faults
from nominations.models import Certificate, Decision, Meeting, Motion, Nomination
from scoring.models import RankingRow
from scoring.ranking.verification import all_faults
from tests.factories.people import make_user
from tests.factories.year import EXPLAINED, Year

pytestmark = pytest.mark.django_db
MEETS, SIGNS = EXPLAINED + timedelta(days=20), EXPLAINED + timedelta(days=30)
UNIT, PERSON = "Ủy ban nhân dân xã Ngọc Chiến", "Bà Quàng Thị Ẵm Ngữ"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(client: Client, name: str, data: dict | None = None, **kwargs) -> None:
    """Every act answers with a redirect; anything else is a refusal."""
    response = client.post(reverse(name, kwargs=kwargs), data or {})
    assert response.status_code == 302, (name, response.content.decode()[-2000:])


def nominate(year: Year) -> None:
    head, secretary = signed_in(year.head(0)), signed_in(year.people["emulation"])
    for subject in ("collective", "person"):
        places = {"cap": 12, "lowest_grade": "kha", "ground": "Kế hoạch 12/KH-UBND ngày 10/01/2027", "version": 0}
        post(secretary, "quota_edit", places, year=2026, award="bang_khen", subject=subject)
    row = RankingRow.objects.get(run__state="published", unit=year.units[0]).pk
    both = {"row": row, "form": "bang_khen", "achievement": "Hạng nhất khối xã, 9,50 điểm."}
    post(head, "nominate", both | {"subject": "collective"})
    post(head, "nominate", both | {"subject": "person", "person_name": PERSON, "person_position": "Chuyên viên"})
    for nomination in Nomination.objects.all():
        post(secretary, "check_dossier", pk=nomination.pk)
        post(secretary, "find_eligible", {"conduct_confirmed": "on"}, pk=nomination.pk)


def vote(year: Year, members: list[User]) -> None:
    secretary = signed_in(year.people["emulation"])
    council = {
        "name": "Hội đồng Thi đua - Khen thưởng tỉnh",
        "founding_decision": "Quyết định 88/QĐ-UBND ngày 15/01/2026",
        "members": [member.pk for member in members],
        "chair": members[0].pk,
        "secretary": year.people["emulation"].pk,
        "quorum": "2/3",
        "threshold": "80",
        "base": "ballots",
    }
    post(secretary, "council_new", council)
    post(secretary, "council", {"held_on": f"{MEETS:%d/%m/%Y}"})
    meeting = Meeting.objects.get()
    nominations = [nomination.pk for nomination in Nomination.objects.all()]
    post(secretary, "put_on_agenda", {"nominations": nominations}, pk=meeting.pk)
    post(secretary, "record_attendance", {"present": [member.pk for member in members]}, pk=meeting.pk)
    for motion in Motion.objects.all():
        post(secretary, "open_motion", pk=motion.pk)
        for member in members:
            post(signed_in(member), "cast_vote", {"choice": "for"}, pk=motion.pk)
        post(secretary, "close_motion", pk=motion.pk)


def decide(year: Year) -> Decision:
    secretary, leader = signed_in(year.people["emulation"]), signed_in(year.people["leader"])
    approved = [nomination.pk for nomination in Nomination.objects.all()]
    post(secretary, "draft_decision", {"nominations": approved}, year=2026, award="bang_khen")
    decision = Decision.objects.get()
    post(leader, "sign_decision", {"number": "415/QĐ-UBND", "dated_on": f"{SIGNS:%d/%m/%Y}"}, pk=decision.pk)
    post(secretary, "issue_certificates", pk=decision.pk)
    return decision


def pdf_text(client: Client, name: str, pk: int) -> str:
    data = client.get(reverse(name, args=[pk])).content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_from_the_published_ranking_to_a_certificate_that_anybody_can_check(year):
    cache.clear()
    year.all_the_way()
    members = [year.people["member"]] + [
        make_user(f"member{n}", (Role.COUNCIL_MEMBER, year.office)) for n in range(2, 5)
    ]

    with year.on(MEETS):
        nominate(year)
        vote(year, members)
    with year.on(SIGNS):
        decision = decide(year)

        secretary = signed_in(year.people["emulation"])
        certificates = list(Certificate.objects.order_by("number"))
        papers = [pdf_text(secretary, "certificate_pdf", certificate.pk) for certificate in certificates]
        decided = pdf_text(secretary, "decision_pdf", decision.pk)
        sheet = load_workbook(io.BytesIO(secretary.get(reverse("awarded_excel", args=[decision.pk])).content)).active
        # What the citizen has: the code printed on the paper, and nothing else.
        codes = [re.search(r"SL27-\w{4}-\w{4}", paper).group() for paper in papers]
        checks = [Client().get(reverse("verify"), {"code": code}) for code in codes]

    assert [certificate.book_number for certificate in certificates] == ["0001/2027", "0002/2027"]
    for name, paper, check in zip((UNIT, PERSON), papers, checks, strict=True):
        assert name in paper
        assert name in decided
        assert (check.status_code, check.context["answer"]) == (200, "valid")
        assert name in check.content.decode()
    listed = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {UNIT, PERSON, *codes} <= listed
    assert set(Nomination.objects.values_list("state", flat=True)) == {"decided"}
    assert (list(all_faults()), list(audit_faults())) == ([], [])
    assert {key for entry in AuditEntry.objects.all() for key in json.loads(entry.details)} - set(NAMES) == set()
