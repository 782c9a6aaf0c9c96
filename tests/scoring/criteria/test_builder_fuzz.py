"""Random sequences of edits through the services: every page of the draft opens, whatever stands in it."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from scoring.criteria import editing
from scoring.criteria.draft import read, stored
from scoring.criteria.rows import write_rows
from scoring.models import CriteriaSet
from tests.scoring.criteria.drafts import small
from tests.scoring.criteria.test_editing import EDITS, edited


@given(EDITS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_no_sequence_of_edits_leaves_a_page_that_does_not_open(client, year, draft, edits):
    client.force_login(year.people["secretary"])
    document = small()
    for edit in edits:
        document = read(stored(edited(document, edit))[0])
    text, identity = stored(document)
    CriteriaSet.objects.filter(pk=draft.pk).update(document=text, identity=identity)
    write_rows(draft, document)

    names = ["set_build", "set_form", "set_publish", "set_discard", "set_node_new", "set_line_new"]
    pages = [reverse(name, args=[draft.pk]) for name in names] + [reverse("cycles")]
    for place in editing.places(document):
        code = place.item["code"]
        own = ["set_node", "set_renumber"] if editing.is_node(place.item) else ["set_line"]
        pages += [reverse(name, args=[draft.pk, code]) for name in [*own, "set_remove"]]
    for page in pages:
        assert client.get(page).status_code == 200, page
    draft.refresh_from_db()
    assert draft.criteria.count() == sum(not editing.is_node(place.item) for place in editing.places(document))
