"""The public criteria pages."""

import json
from hashlib import sha256

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring import engine
from scoring.criteria.provenance import is_reconstruction, provenance_counts
from scoring.criteria.services import clone_set, import_set
from scoring.criteria.wording import parts, scoring_sentences
from scoring.engine.aggregate import maxima
from scoring.models import CriteriaSet
from tests.factories.small_set import DOCUMENT
from tests.factories.year import OPENS

pytestmark = pytest.mark.django_db
LIST = reverse("criteria_sets")
PAGE = reverse("criteria_set", args=["small", 2026])
FILE = reverse("criteria_set_file", args=["small", 2026])


def test_every_criterion_is_there_with_its_agency_and_evidence(client, year):
    html = client.get(PAGE).content.decode()

    assert all(f'id="{line.code}"' in html for line in year.criteria_set.definition.lines)
    assert html.count("Sở Khoa học và Công nghệ") >= 8
    assert "Thống kê" in html


def test_the_list_links_the_sets(client, year):
    assert f'href="{PAGE}"' in client.get(LIST).content.decode()


def test_the_document_is_the_one_that_is_hashed(client, year):
    assert sha256(client.get(FILE).content).hexdigest() == year.criteria_set.identity


def test_drafts_are_nobody_elses_business(client, year):
    with year.on(OPENS):
        clone_set(source=year.criteria_set, year=2027, actor=year.people["secretary"])
    for person in (None, year.officer(), year.people["secretary"]):
        if person:
            client.force_login(person)
        assert "2027" not in client.get(LIST).content.decode()
        found = [
            client.get(reverse(name, args=["small", 2027])).status_code
            for name in ("criteria_set", "criteria_set_file")
        ]
        assert found == [404, 200 if person == year.people["secretary"] else 404]


@pytest.mark.parametrize("path", ["small/2025/", "other/2026/", "small/99999999999999999999/", "%3Cscript%3E/2026/"])
def test_unknown_sets_are_404(client, year, path):
    assert client.get(f"{LIST}{path}").status_code == 404


def test_text_of_a_set_is_shown_as_text(client, year):
    document = json.loads(json.dumps(DOCUMENT)) | {"year": 2030, "source": "<script>alert(1)</script>"}
    with year.on(OPENS):
        made = import_set(data=json.dumps(document).encode(), place="x", actor=year.people["secretary"])
    CriteriaSet.objects.filter(pk=made.pk).update(state="published")

    response = client.get(reverse("criteria_set", args=["small", 2030]))
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


def test_visitors_share_a_copy(client, year):
    for url in (LIST, PAGE, FILE):
        response = client.get(url)
        assert (response["Cache-Control"], len(response.cookies)) == ("public, max-age=60", 0)
        assert client.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304
        assert client.post(url).status_code == 405


def test_queries_do_not_grow(client, year):
    counts = []
    for number in (1, 3):
        while CriteriaSet.objects.filter(state="published").count() < number:
            with year.on(OPENS):
                later = 2030 + CriteriaSet.objects.count()
                clone = clone_set(source=year.criteria_set, year=later, actor=year.people["secretary"])
            CriteriaSet.objects.filter(pk=clone.pk).update(state="published")
        for url in (LIST, PAGE):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
    assert counts == [1, 3, 1, 3]


def shipped(name: str) -> engine.CriteriaSet:
    return engine.load_set((settings.ROOT / f"data/criteria/dti-{name}.json").read_bytes())


@pytest.mark.parametrize("name", ["commune", "department"])
def test_shipped_sets_are_called_a_reconstruction(name):
    definition = shipped(name)

    assert is_reconstruction(definition)
    assert sum(count for _words, count in provenance_counts(definition)) == len(definition.lines)


@pytest.mark.parametrize("name", ["commune", "department"])
def test_every_rule_of_the_shipped_sets_has_words(name):
    definition = shipped(name)

    assert [
        line.leaf.code for part in parts(definition, maxima(definition), {}) for line in part.lines if not line.rule
    ] == []
    assert len(scoring_sentences(definition)) == 5


def test_a_set_without_provenance_is_not_called_one(year):
    assert not is_reconstruction(year.criteria_set.definition)
    assert provenance_counts(year.criteria_set.definition) == []


@pytest.mark.parametrize(
    "scoring",
    [
        {"round_at": "total", "not_applicable": "full", "missing": "unranked", "tie_break": []},
        {"round_at": "leaf", "not_applicable": "zero", "missing": "zero", "tie_break": ["submitted_at"]},
    ],
)
def test_each_decision_of_a_set_is_one_sentence(scoring):
    definition = engine.load_set(json.dumps(DOCUMENT | {"scoring": scoring | {"places": 2}}))

    sentences = scoring_sentences(definition)
    assert len(sentences) == len(set(sentences)) == 4
