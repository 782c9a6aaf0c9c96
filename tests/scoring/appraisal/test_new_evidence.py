"""Files that come with an explanation: who sees them, what they never touch, and how many words go with them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.cleaning import count_words
from core.errors import Invalid, TooLarge, WrongState, WrongType
from scoring.appraisal.explanations import file_explanation
from scoring.cycles.services import Calendar, change_calendar
from scoring.filing.keeping import in_form
from scoring.filing.shelf import Shelf, shelf_of
from scoring.models import Cycle, Evidence, Explanation
from tests.factories.year import CALENDAR, Year
from tests.scoring.filing.papers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper(name: str = "bien-ban.pdf", text: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(text), content_type="application/pdf")


def contest(year: Year, *files, code: str = "B.1", index: int = 0, grounds: str = "Đã gửi bổ sung.") -> Explanation:
    return file_explanation(answer=year.answer(code, index), grounds=grounds, files=files, actor=year.head(index))


def test_new_evidence_belongs_to_the_explanation_and_to_no_line(explaining):
    before = explaining.answer("B.1")

    explanation = contest(explaining, paper(), paper("anh.pdf", b"0 0 m"))

    assert [file.original_name for file in explanation.files.order_by("pk")] == ["bien-ban.pdf", "anh.pdf"]
    after = explaining.answer("B.1")
    assert (after.version, after.values, list(after.evidence.all())) == (before.version, before.values, [])
    assert not explaining.assessment().evidence.in_force().exists()
    assert shelf_of(explaining.head(), explaining.assessment(), Shelf.ALL) == []
    with pytest.raises(WrongState):
        in_form(explanation.files.first())


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ([("a.pdf", b"%PDF-1.5 x"), ("b.exe", b"MZ")], WrongType),
        ([("a.pdf", b"%PDF-1.5 x"), ("b.pdf", b"")], Invalid),
        ([("a.pdf", f"%PDF-1.5 {n}".encode()) for n in range(21)], TooLarge),
    ],
)
def test_one_file_that_is_refused_leaves_nothing(explaining, tmp_path, files, refusal):
    with pytest.raises(refusal):
        contest(explaining, *(SimpleUploadedFile(name, data) for name, data in files))

    assert not Explanation.objects.exists()
    assert not Evidence.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_both_sides_see_the_files_and_nobody_else(explaining, client):
    explanation = contest(explaining, paper())
    url = reverse("evidence_view", args=[explanation.files.get().pk])
    seen = {}
    for name in ("head0", "officer0", "appraiser2", "lead", "auditor", "head1", "outsider", "member"):
        client.force_login(explaining.people[name])
        seen[name] = client.get(url).status_code
    client.logout()

    assert seen == dict.fromkeys(["head0", "officer0", "appraiser2", "lead", "auditor"], 200) | dict.fromkeys(
        ["head1", "outsider", "member"], 404
    )
    assert client.get(url).status_code == 302
    for name, page in (
        ("appraiser2", reverse("explanation", args=[explanation.pk])),
        ("officer0", reverse("provisional", args=[explaining.assessment().pk])),
    ):
        client.force_login(explaining.people[name])
        assert f'href="{url}"' in client.get(page).content.decode()


def test_the_page_takes_files_and_says_which_was_refused(explaining, client):
    client.force_login(explaining.head())
    url = reverse("explain", args=[explaining.answer("B.1").pk])

    refused = client.post(url, {"grounds": "Chữ đã gõ.", "file": [paper(), SimpleUploadedFile("b.exe", b"MZ")]})
    assert refused.status_code == 415
    assert "b.exe" in refused.context["form"].errors["file"][0]
    assert "Chữ đã gõ." in refused.content.decode()

    assert client.post(url, {"grounds": "Chữ đã gõ.", "file": [paper()]}).status_code == 302
    assert Explanation.objects.get().files.count() == 1


def test_the_page_of_a_result_costs_the_same_for_one_and_for_two(explaining, client, django_assert_max_num_queries):
    client.force_login(explaining.head())
    counted = []
    for code in ("B.1", "B.3"):
        contest(explaining, paper(text=code.encode()), code=code)
        with django_assert_max_num_queries(20) as queries:
            client.get(reverse("provisional", args=[explaining.assessment().pk]))
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), (" \n ", 0), ("Kính đề nghị", 3), ("a\u00a0b\u2003c\ufeffd\ne", 5), ("a-b, c.d", 2), ("a\u200bb", 1)],
)
def test_words_are_what_white_space_divides(text, words):
    assert count_words(text) == words


def test_the_limit_is_the_years_and_says_how_many_words_are_too_many(explaining):
    with pytest.raises(Invalid) as refused:
        contest(explaining, grounds="từ " * 503)
    assert "3" in refused.value.fields["grounds"]
    assert "503" in refused.value.fields["grounds"]

    Cycle.objects.update(explanation_words=600)
    assert contest(explaining, grounds="từ " * 503).state == "filed"


@pytest.mark.parametrize(("words", "is_right"), [(49, False), (50, True), (2000, True), (2001, False), (10**9, False)])
def test_the_secretary_sets_the_limit_before_the_explanation(year, words, is_right):
    given = {"cycle": year.cycle, "calendar": CALENDAR, "reason": "Theo quy chế.", "actor": year.people["secretary"]}
    with year.filing():
        if is_right:
            assert change_calendar(**given, explanation_words=words).explanation_words == words
        else:
            with pytest.raises(Invalid):
                change_calendar(**given, explanation_words=words)


def test_the_limit_stays_once_units_explain(explaining):
    cycle = Cycle.objects.get()
    calendar = Calendar(**{name: getattr(cycle, name) for name in vars(CALENDAR)})
    with pytest.raises(Invalid):
        change_calendar(
            cycle=cycle, calendar=calendar, reason="x", explanation_words=900, actor=explaining.people["secretary"]
        )
