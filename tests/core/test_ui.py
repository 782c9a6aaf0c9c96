"""Filters, tags and files of the look: what they print, and that nothing needs what the strict policy refuses."""

import hashlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.templatetags import ui, values

ROOT = Path(settings.ROOT)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CSS = sorted((ROOT / "static/css").rglob("*.css"))
EVENING = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)  # the next midnight in Sơn La


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("shown", "vi", "en"),
    [
        (lambda: values.points(Decimal("83.4")), "83,40", "83.40"),
        (lambda: values.number(12021), "12.021", "12,021"),
        (lambda: values.number(Decimal("0.50")), "0,5", "0.5"),
        (lambda: values.percent(Decimal("95.833333")), "95,83%", "95.83%"),
        (lambda: values.percent(80, 0), "80%", "80%"),
        (lambda: values.share(Fraction(23, 24)), "95,83%", "95.83%"),
        (lambda: values.signed(Decimal("4.55")), "+4,55", "+4.55"),
        (lambda: values.signed(Decimal("-0.4"), 2), "\u22120,40", "\u22120.40"),
        (lambda: values.signed(0), "0", "0"),
        (lambda: values.points(None), "", ""),
    ],
)
def test_numbers_follow_the_language_of_the_reader(shown, vi, en):
    assert shown() == vi
    with translation.override("en"):
        assert shown() == en


def test_points_longer_than_two_places_are_refused_not_rounded():
    with pytest.raises(ValueError, match="decimal places"):
        values.points(Decimal("1.925"))


def test_exclusive_end_of_a_phase_is_read_as_its_last_second():
    assert values.datetime_vi(values.last_moment(EVENING), "s").startswith("23:59:59")
    assert values.date_vi(values.last_moment(EVENING)) == "10/12/2026"
    assert values.date_vi(date(2026, 2, 1)) == "01/02/2026"


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (timedelta(days=17), "plain"),
        (timedelta(days=2, hours=5), "soon"),
        (timedelta(minutes=48), "urgent"),
        (timedelta(0), "locked"),
    ],
)
def test_deadline_state_by_time_left(left, state):
    assert ui.deadline(EVENING, EVENING - left)["state"] == state


def test_time_left_names_hours_from_three_days_down():
    with translation.override("en"):
        assert values.time_left(EVENING, EVENING - timedelta(days=17, hours=4)) == "17 days"
        assert values.time_left(EVENING, EVENING - timedelta(days=2, hours=5)) == "2 days 5 hours"
        assert values.time_left(EVENING, EVENING - timedelta(hours=1, minutes=1)) == "1 hour 1 minute"


def test_icon_escapes_what_it_is_given():
    assert "<script>" not in ui.icon("<script>", '"><script>')


def test_grade_badge_fills_as_many_bars_as_the_level():
    html = render('{% grade_badge "kha" word %}', word="<Khá>")

    assert html.count('class="on"') == 3
    assert "&lt;Khá&gt;" in html


def test_distribution_marks_the_bin_of_the_open_unit():
    shown = ui.distribution([Decimal("0"), Decimal("1.31"), Decimal("1.50")], Decimal("1.50"), own=Decimal("1.50"))

    assert [bar["own"] for bar in shown["bars"]] == [False] * 15 + [True]
    assert (shown["lowest"], shown["median"], shown["highest"]) == (Decimal("0"), Decimal("1.31"), Decimal("1.50"))


def test_distribution_without_values_and_with_zero_maximum_draws_nothing():
    assert ui.distribution([], 0)["median"] is None


def test_attributes_of_drawings_keep_the_decimal_point():
    html = render("{% bar value 10 %}{% rank_interval 6 15 9 75 %}", value=Decimal("7.25"))

    assert 'value="7.25" max="10"' in html
    assert re.findall(r'(?:x|width|value)="[^"]*,[^"]*"', html) == []


def test_sort_head_turns_round_and_drops_the_page():
    request = RequestFactory().get("/", {"sort": "total", "grade": "tot", "page": "3"})

    shown = ui.sort_head({"request": request}, "total", "Total")

    assert (shown["direction"], shown["query"]) == ("ascending", "sort=-total&grade=tot")


class TrainingForm(forms.Form):
    trained = forms.CharField(help_text="Digits", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    level = forms.ChoiceField(choices=[("1", "<b>one</b>")], widget=forms.RadioSelect, required=False)


def test_field_ties_label_help_and_error_to_the_control():
    html = render("{% field form.trained %}", form=TrainingForm({"trained": ""}))

    assert 'for="id_trained"' in html
    assert 'aria-describedby="id_trained_help id_trained_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control num is-invalid"' in html


def test_field_with_choices_is_a_fieldset_and_escapes_labels():
    html = render("{% field form.level %}", form=TrainingForm())

    assert "<legend" in html
    assert "&lt;b&gt;one&lt;/b&gt;" in html


def test_error_summary_links_to_each_field():
    html = render('{% include "components/error_summary.html" %}', form=TrainingForm({"trained": ""}))

    assert 'href="#id_trained"' in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_template_needs_nothing_the_strict_policy_refuses(path):
    source = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son(?!e=)[a-z]+=|javascript:|hx-on|hx-vals=.js:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_icon_of_a_template_is_in_the_sprite(path):
    drawn = set((ROOT / "static/vendor/icons.txt").read_text().split())

    assert set(re.findall(r'{% icon "([^"]+)"', path.read_text())) <= drawn


@pytest.mark.parametrize("path", CSS, ids=lambda p: p.name)
def test_stylesheet_points_only_at_our_own_files(path):
    for target in re.findall(r'url\("?([^")]+)"?\)', path.read_text()):
        assert (path.parent / target).is_file(), target


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((ROOT / "static/vendor/manifest.json").read_text())

    assert {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in manifest["sha256"]} == manifest[
        "sha256"
    ]
    assert "data:" not in (ROOT / "static/vendor/bootstrap/bootstrap.min.css").read_text()
    assert {package["licence"] for package in manifest["packages"]} <= {"MIT", "OFL-1.1"}
