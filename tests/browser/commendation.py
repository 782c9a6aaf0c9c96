"""Journey 4 in the browser: nominate, check, meet, vote, decide, sign, issue, check the code."""

from accounts.enums import Role
from core import clock
from nominations.models import Certificate, Decision, Meeting, Motion, Nomination
from tests.browser.walker import Walker
from tests.factories.people import make_user
from tests.factories.year import Year
from tests.nominations.thin import Awards

NUMBER = "2001/QĐ-UBND"


def commend(walker: Walker, year: Year) -> None:
    """From the published ranking to a certificate that a citizen checks by the code printed on it."""
    members = [year.people["member"], *(make_user(f"member{n}", (Role.COUNCIL_MEMBER, year.office)) for n in (2, 3, 4))]
    awards = Awards(year, members, met_at=clock.now(), signed_at=clock.now())
    awards.set_quotas()
    awards.seat()

    _nominate(walker)
    _check_and_meet(walker)
    _vote(walker, members)
    _decide(walker)
    _check_the_code(walker)


def _nominate(walker: Walker) -> None:
    walker.sign_in("head0")
    walker.go("/nominations/")
    walker.go("/nominations/new/")
    page = walker.page
    page.locator("[name=form][value=bang_khen]").check()
    page.locator("[name=subject][value=person]").check()
    assert page.locator("[name=person_name]").is_visible()
    assert not page.locator("[name=part]").is_visible()
    page.locator("[name=subject][value=collective]").check()
    assert not page.locator("[name=person_name]").is_visible()
    page.fill("[name=achievement]", "Hạng nhất khối xã, 9,50 điểm.")
    walker.press("button[name=act][value=submit]")
    assert Nomination.objects.get().state == "submitted"


def _check_and_meet(walker: Walker) -> None:
    nomination = Nomination.objects.get()
    walker.sign_in("emulation")
    walker.go(f"/nominations/{nomination.pk}/")
    walker.press("form[action$='/check/'] button")
    walker.page.locator("[name=conduct_confirmed]").check()
    walker.press("form[action$='/eligible/'] button")
    walker.go("/council/")
    walker.page.fill("[name=held_on]", f"{clock.today():%d/%m/%Y}")
    walker.press("main form:has([name=held_on]) button[type=submit]")
    walker.page.locator(f"#nomination-{nomination.pk}").check()
    walker.press("form[action$='/agenda/'] button[type=submit]")
    for box in walker.page.locator("[name=present]").all():
        box.check()
    walker.press("form[action$='/attendance/'] button[type=submit]")
    walker.go(f"/council/motions/{Motion.objects.get().pk}/")
    walker.press("form[action$='/open/'] button")
    assert Motion.objects.get().state == "open"


def _vote(walker: Walker, members) -> None:
    """Three of four are in favour; before that the page says why the vote cannot be closed."""
    motion = Motion.objects.get()
    for member, choice in zip(members, ("for", "for", "for", "against"), strict=True):
        walker.sign_in(member.username)
        walker.go(f"/council/motions/{motion.pk}/")
        walker.page.locator(f"[name=choice][value={choice}]").check()
        walker.press("form[action$='/vote/'] button[type=submit]")
    walker.sign_in("emulation")
    walker.go(f"/council/meetings/{Meeting.objects.get().pk}/")
    walker.go(f"/council/motions/{motion.pk}/close/")
    walker.press("form.irreversible button[type=submit]")
    assert Motion.objects.get().state == "carried"
    assert "3 đồng ý" in " ".join(walker.page.locator("main").inner_text().split())


def _decide(walker: Walker) -> None:
    walker.go("/decisions/")
    walker.go("/decisions/new/2026/bang_khen/")
    for box in walker.page.locator("[name=nominations]").all():
        box.check()
    walker.press("main form button[type=submit]")
    decision = Decision.objects.get()
    walker.sign_in("leader")
    walker.go(f"/decisions/{decision.pk}/sign/")
    walker.page.fill("[name=number]", NUMBER)
    walker.page.fill("[name=dated_on]", f"{clock.today():%d/%m/%Y}")
    walker.press("form.irreversible button[type=submit]")
    walker.sign_in("emulation")
    walker.go(f"/decisions/{decision.pk}/")
    walker.go(f"/decisions/{decision.pk}/issue/")
    walker.press("form.irreversible button[type=submit]")
    walker.go("/certificates/")
    walker.go(f"/certificates/{Certificate.objects.get().pk}/")


def _check_the_code(walker: Walker) -> None:
    code = Certificate.objects.get().printed_code
    walker.page.context.clear_cookies()
    walker.go("/verify/")
    walker.page.fill("[name=code]", code.lower())
    walker.press("main form button[type=submit]")
    said = walker.page.locator("main").inner_text()
    assert "xã Ngọc Chiến" in said
    assert NUMBER in said
