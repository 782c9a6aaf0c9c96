"""The filing form on a bad line: nothing typed is lost, nothing is sent twice, nothing goes under another name."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from core.audit.models import AuditEntry
from scoring.filing.services import AnswerInput, save_answer
from scoring.models import Answer
from tests.factories.real_form import make_real_form

pytestmark = pytest.mark.browser

OFFLINE_VALUES = 40
ALL_SENT = "filingQueue.all(document.body.dataset.person).then(all => all.length === 0)"


def pillar(answer) -> str:
    code = answer.criterion.pillar.code
    return reverse("assessment_pillar", args=[answer.assessment_id, code])


def saves_of(answer) -> int:
    return AuditEntry.objects.filter(action="answer.save", object_id=str(answer.pk)).count()


def number_fields(assessment) -> list[tuple[Answer, str]]:
    """(line, name of the input) of everything on the form that takes a whole number, in the order of the form."""
    lines = assessment.answers.select_related("criterion__criteria_set", "criterion__pillar")
    return [
        (answer, one)
        for answer in lines.order_by("criterion__position")
        if answer.criterion.declared_by_unit and answer.criterion.leaf.rule.kind == "ratio"
        for one in ("a", "b")
    ]


def test_forty_values_typed_offline_and_a_killed_browser_lose_nothing(clerk, running_year):
    assessment = make_real_form(running_year)
    fields = number_fields(assessment)[:OFFLINE_VALUES]
    assert len(fields) == OFFLINE_VALUES
    typed = {
        (answer.pk, name): str(100 + place if name == "a" else 900 + place)
        for place, (answer, name) in enumerate(fields)
    }
    whole = reverse("assessment_all", args=[assessment.pk])
    clerk.sign_in("officer0")
    clerk.open(whole)

    clerk.context.set_offline(True)
    for answer, name in fields:
        clerk.field(answer, name).fill(typed[answer.pk, name])
    clerk.state(fields[-1][0], "offline")
    assert len(clerk.unsent()) == len({answer.pk for answer, _name in fields})
    clerk.kill_browser()
    assert not Answer.objects.filter(assessment=assessment, version__gt=0).exists()

    clerk.open_browser()
    clerk.sign_in("officer0")
    clerk.open(whole)
    for answer in dict.fromkeys(answer for answer, _name in fields):
        clerk.state(answer, "saved")

    saved = Answer.objects.in_bulk(answer.pk for answer, _name in fields)
    assert {(pk, name): value for pk, one in saved.items() for name, value in one.values.items()} == typed
    assert Counter(one.version for one in saved.values()) == {1: len(saved)}
    assert {pk: saves_of(one) for pk, one in saved.items()} == dict.fromkeys(saved, 1)
    assert clerk.unsent() == []


def test_the_form_stays_usable_without_the_network(clerk, running_year):
    """Reload and the way from one opened pillar to another, with the notice; a page never opened says so."""
    year = running_year
    first, second = year.answer("A.3"), year.answer("B.2")
    clerk.sign_in("officer0")
    clerk.open(pillar(second))
    clerk.open(pillar(first))
    clerk.field(first).fill("5")
    clerk.state(first, "saved")

    clerk.context.set_offline(True)
    clerk.page.reload()
    assert clerk.field(first).input_value() == "5"  # the copy knows what was saved after it was made
    words = clerk.page.locator("#offline-words")
    words.wait_for()
    assert clerk.page.locator("#offline").get_attribute("data-kept") not in words.inner_text()  # nothing waits yet
    clerk.field(first).fill("4")
    clerk.state(first, "offline")
    assert clerk.page.locator("#offline").get_attribute("data-count").replace("{n}", "1") in words.inner_text()

    clerk.page.click("a[rel=next]")
    clerk.page.wait_for_url("**" + pillar(second))
    clerk.field(second).fill("7")
    clerk.state(second, "offline")
    clerk.page.click("a[rel=next]")
    clerk.page.locator("[data-notice]").wait_for()
    assert clerk.page.url.endswith(pillar(second))
    # An address typed or kept as a bookmark: words of ours, in the language in which the browser asked for the worker.
    failed = clerk.page.goto(clerk.site + reverse("assessment_history", args=[first.assessment_id]))
    assert failed.status == 503
    assert clerk.page.locator("h1").inner_text() in ("Không có mạng", "No network")
    clerk.page.goto(clerk.site + pillar(second))

    clerk.go_online()
    clerk.state(second, "saved")
    clerk.until(ALL_SENT)
    assert year.answer("A.3").values == {"value": "4"}
    assert year.answer("B.2").values == {"value": "7"}


def test_a_lost_answer_is_asked_for_again_and_what_was_typed_after_it_follows(clerk, running_year):
    """The server has saved, the line broke before it could say so: no conflict with oneself, two saves in order."""
    answer = running_year.answer("A.3")
    clerk.close()
    clerk.workers = "block"  # past a worker Playwright's routes are not asked
    clerk.open_browser()
    clerk.sign_in("officer0")
    clerk.page.goto(clerk.site + pillar(answer))
    lost = []

    def lose_the_first_answer(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        clerk.field(answer).press_sequentially("7")
        route.abort()

    clerk.page.route("**/filing/lines/**", lose_the_first_answer)
    clerk.field(answer).fill("4")
    clerk.until("filingQueue.all(document.body.dataset.person).then(all => all[0] && all[0].typed.includes('47'))")
    assert lost == [200]
    clerk.page.evaluate("window.dispatchEvent(new Event('online'))")
    clerk.until(ALL_SENT)

    assert running_year.answer("A.3").values == {"value": "47"}
    assert (running_year.answer("A.3").version, saves_of(answer)) == (2, 2)


def test_two_browsers_on_one_line_show_both_values_and_ask(clerk, colleague, running_year):
    year, answer = running_year, running_year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.context.set_offline(True)
    clerk.field(answer).fill("3")
    clerk.state(answer, "offline")
    colleague.sign_in("head0")
    colleague.open(pillar(answer))
    colleague.field(answer).fill("5")
    colleague.state(answer, "saved")

    clerk.go_online()
    conflict = clerk.page.locator(f"#line-{answer.pk} [data-conflict]")
    conflict.wait_for()
    assert year.answer("A.3").values == {"value": "5"}
    said = conflict.inner_text()
    assert all(one in said for one in ("3", "5", "Người head0", ":"))

    clerk.field(answer).press_sequentially("1")  # typing on chooses nothing, and a reload asks again
    clerk.page.reload()
    conflict.wait_for()
    assert year.answer("A.3").values == {"value": "5"}
    conflict.locator("button").click()
    clerk.state(answer, "saved")
    assert year.answer("A.3").values == {"value": "31"}
    assert year.answer("A.3").updated_by == year.officer()


@pytest.mark.parametrize("where", ["here", "in another tab"])
def test_a_session_that_ends_while_typing_loses_nothing(clerk, running_year, where):
    answer, other = running_year.answer("A.3"), running_year.answer("A.2")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    Session.objects.all().delete()
    clerk.field(answer).fill("5")
    notice = clerk.page.locator("[data-notice] a")
    notice.wait_for()
    clerk.field(other, "option").first.check()
    assert len(clerk.unsent()) == 2

    if where == "here":
        notice.click()
        clerk.sign_in_here("officer0", pillar(answer))
    else:
        typing, clerk.page = clerk.page, clerk.context.new_page()
        clerk.sign_in("officer0")
        clerk.page = typing
        clerk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    clerk.state(answer, "saved")
    clerk.state(other, "saved")

    assert running_year.answer("A.3").values == {"value": "5"}
    assert running_year.answer("A.2").values == {"option": "head"}
    assert clerk.unsent() == []


def test_what_one_person_typed_waits_for_that_person(clerk, running_year):
    """On a shared machine the session ends and the head signs in: the officer's text is neither sent nor shown."""
    year, answer = running_year, running_year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    Session.objects.all().delete()
    clerk.field(answer).fill("5")
    clerk.page.locator("[data-notice] a").wait_for()

    typing, clerk.page = clerk.page, clerk.context.new_page()
    clerk.sign_in("head0")
    clerk.open(pillar(answer))
    assert clerk.field(answer).input_value() == ""
    assert clerk.unsent() == []
    assert clerk.kept_for() == [f"filing-pages-{year.head().pk}"]
    with typing.expect_response(lambda one: "/lines/" in one.url) as refused:
        typing.evaluate("window.dispatchEvent(new Event('focus'))")
    assert refused.value.status == 403
    typing.close()
    assert year.answer("A.3").values == {}

    Session.objects.all().delete()
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.state(answer, "saved")
    assert year.answer("A.3").values == {"value": "5"}
    assert year.answer("A.3").updated_by == year.officer()


def test_signing_out_warns_of_unsent_answers_and_takes_everything_along(clerk, running_year):
    answer = running_year.answer("B.2")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.field(answer).fill("1.234")  # refused, kept
    clerk.state(answer, "invalid")
    asked = []

    def decline(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    clerk.page.once("dialog", decline)
    with clerk.page.expect_event("dialog"):
        clerk.sign_out()
    assert len(asked) == 1
    assert len(clerk.unsent()) == 1
    clerk.page.reload()
    expect(clerk.field(answer)).to_have_value("1.234")

    clerk.page.once("dialog", lambda dialog: dialog.accept())
    with clerk.page.expect_navigation():
        clerk.sign_out()
    clerk.sign_in("officer0")
    assert clerk.unsent() == []
    clerk.until("caches.keys().then(all => !all.some(name => name.startsWith('filing-pages-')))")
    clerk.open(pillar(answer))
    assert clerk.field(answer).input_value() == ""


def test_where_the_browser_keeps_nothing_the_page_says_so(clerk, running_year):
    answer = running_year.answer("A.3")
    clerk.context.add_init_script(
        "delete Navigator.prototype.serviceWorker; delete window.caches;"
        "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };"
    )
    clerk.sign_in("officer0")
    clerk.page.goto(clerk.site + pillar(answer))
    clerk.context.set_offline(True)
    clerk.field(answer).fill("5")
    words = clerk.page.locator(f"#line-{answer.pk} .save-offline")
    words.wait_for()
    assert clerk.page.locator(f"#line-{answer.pk} [data-save-state=offline]").count() == 0  # nothing is kept: not said
    asked = []
    clerk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    clerk.page.evaluate("location.href = '/'")
    clerk.page.wait_for_function("true")
    assert asked == ["beforeunload"]

    clerk.go_online()
    clerk.state(answer, "saved")
    assert running_year.answer("A.3").values == {"value": "5"}


def test_typing_goes_on_while_the_line_is_saved(clerk, running_year):
    """The answer to the first part comes back under the fingers: caret, later text and undo stay."""
    answer = running_year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.page.click(f"#line-{answer.pk} .line-why summary")
    text = clerk.field(answer, "explanation")
    with clerk.page.expect_response(lambda one: "/lines/" in one.url):
        text.press_sequentially("Có sổ họp")
    clerk.state(answer, "saved")
    text.press("Home")
    with clerk.page.expect_response(lambda one: "/lines/" in one.url):
        text.press_sequentially("Xã: ")
    clerk.until(ALL_SENT)

    assert clerk.page.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == [
        f"l{answer.pk}-explanation",
        len("Xã: "),
    ]
    assert running_year.answer("A.3").explanation == "Xã: Có sổ họp"
    text.press("Control+z")
    assert text.input_value() != "Xã: Có sổ họp"


def test_after_the_deadline_what_was_typed_stays_in_sight_with_the_reason(clerk, running_year):
    year, answer = running_year, running_year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    closed = year.cycle.filing_opens_at + timedelta(days=1)
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(
        filing_closes_at=closed, filing_locks_at=closed + timedelta(days=1)
    )
    clerk.field(answer).fill("47")
    clerk.state(answer, "locked")

    for _look in range(2):  # as it happens, and when the page is opened again
        line = clerk.page.locator(f"#line-{answer.pk}")
        line.get_by_text("47").wait_for()
        clerk.page.goto(clerk.site + pillar(answer))
    assert year.answer("A.3").values == {}


def test_a_saved_explanation_shows_points_as_soon_as_a_value_is_typed(clerk, running_year):
    answer = running_year.answer("B.1")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.field(answer, "a").fill("60")
    clerk.field(answer, "b").press_sequentially("100")

    clerk.page.locator(f"#line-{answer.pk} .line-points b").wait_for()
    assert "2,25" in clerk.page.locator(f"#line-{answer.pk} .line-points").inner_text()
    assert "60" in clerk.page.locator(f"#line-{answer.pk} .trace").inner_text()
    assert (
        save_answer(
            answer=answer, given=AnswerInput(raw={"a": "60", "b": "100"}), version=0, actor=running_year.officer()
        ).version
        >= 1
    )


def test_what_was_refused_on_one_page_is_named_on_the_others(clerk, running_year):
    answer = running_year.answer("B.2")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.field(answer).fill("1.234")
    clerk.state(answer, "invalid")
    clerk.page.goto(clerk.site + reverse("assessment_check", args=[answer.assessment_id]))

    clerk.page.locator("#held a").get_by_text("B.2").click()
    clerk.state(answer, "invalid")
    assert clerk.field(answer).input_value() == "1.234"
    assert "1234" in clerk.page.locator(f"#line-{answer.pk} .field-error").inner_text()
    assert clerk.page.locator("#held").is_hidden()


def test_after_14_days_the_browser_has_forgotten_text_and_pages(clerk, running_year):
    answer = running_year.answer("A.3")
    clerk.sign_in("officer0")
    clerk.open(pillar(answer))
    clerk.context.set_offline(True)
    clerk.field(answer).fill("4")
    clerk.state(answer, "offline")
    clerk.page.evaluate(
        """async ([person, form, line, path]) => {
            const old = Date.now() - 14 * 24 * 60 * 60 * 1000 - 1000;
            await filingQueue.change([person, form, line], (was) => ({ ...was, at: old }));
            const cache = await caches.open("filing-pages-" + person), kept = await cache.match(path);
            const headers = new Headers(kept.headers);
            headers.set("X-Kept-At", old);
            await cache.put(path, new Response(await kept.text(), { headers }));
        }""",
        [str(running_year.officer().pk), str(answer.assessment_id), str(answer.pk), pillar(answer)],
    )
    opened, clerk.page = clerk.page, clerk.context.new_page()
    opened.close()
    assert clerk.page.goto(clerk.site + pillar(answer)).status == 503  # in words of ours: there is no copy

    clerk.context.set_offline(False)
    clerk.page.goto(clerk.site + pillar(answer))
    clerk.until(ALL_SENT)
    assert clerk.field(answer).input_value() == ""
    assert running_year.answer("A.3").values == {}
