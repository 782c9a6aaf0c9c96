"""Several secretaries press at once: one edit, publication or throwing away wins; the others are told and change nothing."""

import pytest

from core.errors import Conflict
from scoring.criteria import drafting
from scoring.criteria.draft import read
from scoring.criteria.services import clone_set, publish_set
from scoring.enums import SetState
from scoring.models import CriteriaSet
from tests.factories.year import make_year
from tests.races import all_at_once
from tests.scoring.criteria.drafts import shape, small

pytestmark = [pytest.mark.race, pytest.mark.slow]


@pytest.fixture
def draft(real_database):
    year = make_year()
    with year.filing():
        made = clone_set(source=year.criteria_set, year=2027, actor=year.people["secretary"])
    return made, year.people["secretary"]


def test_one_of_many_edits_of_one_version_is_written(draft):
    made, actor = draft

    def removes(code):
        return lambda: drafting.remove_item(criteria_set=made, code=code, version=made.version, actor=actor)

    answers = all_at_once([removes(code) for code in ("A.1", "A.2", "A.3", "B.1")])

    refused = [one for one in answers if isinstance(one, Conflict)]
    assert (len(refused), {one.code for one in refused}) == (3, {"ERR-STALE"})
    kept = CriteriaSet.objects.get(pk=made.pk)
    assert (kept.version, kept.criteria.count(), kept.identity == made.identity) == (1, 8, False)


def test_an_edit_beside_the_publication_is_in_it_or_refused(draft):
    made, actor = draft

    answers = all_at_once(
        [
            lambda: drafting.remove_item(criteria_set=made, code="A.1", version=made.version, actor=actor),
            lambda: publish_set(criteria_set=made, version=made.version, actor=actor),
        ]
    )

    kept = CriteriaSet.objects.get(pk=made.pk)
    was_published = kept.state == SetState.PUBLISHED
    assert sum(isinstance(one, Conflict) for one in answers) == 1
    assert (shape(read(kept.document)) == shape(small())) == was_published
    assert kept.criteria.count() == (9 if was_published else 8)
