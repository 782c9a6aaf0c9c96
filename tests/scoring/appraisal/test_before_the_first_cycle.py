"""The appraisal's pages while nothing has been set up."""

from django.urls import reverse

from accounts.enums import Role
from tests.factories.people import make_unit, make_user


def test_home_before_the_first_cycle_says_so(db, client):
    client.force_login(make_user("someone", (Role.APPRAISER, make_unit("X", "Sở X"))))

    assert client.get(reverse("appraisal")).status_code == 200
    assert client.get(reverse("explanations")).status_code == 200
    assert client.get(reverse("appraisal_progress", args=[2026])).status_code == 404
