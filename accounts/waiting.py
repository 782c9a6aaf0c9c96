"""What waits for an administrator: the first day's steps, and passwords that ran out unused."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import RoleMembership, User
from accounts.permissions import can_administer
from accounts.selectors import SignIn, in_state
from core import clock
from core.waiting import Task


def waiting_for(user: User) -> list[Task]:
    """Three queries at the most beside the roles of the person."""
    if not can_administer(user):
        return []
    held = set(RoleMembership.objects.in_force(user.today).values_list("role", flat=True))
    tasks = []
    if held <= {Role.ADMINISTRATOR}:
        tasks.append(
            Task(
                "upload",
                _("Import the accounts of the offices"),
                _("So far only administrators can sign in."),
                reverse("accounts_import"),
                _("Import from Excel"),
            )
        )
    elif Role.SCORING_SECRETARY not in held:
        tasks.append(
            Task(
                "people",
                _("Give somebody the role of scoring secretary"),
                _("Without one no cycle can be set up or moved."),
                reverse("people"),
                _("Open the accounts"),
            )
        )
    run_out = in_state(User.objects.all(), SignIn.RUN_OUT, clock.now()).count()
    if run_out:
        title = ngettext(
            "{n} temporary password has run out unused", "{n} temporary passwords have run out unused", run_out
        )
        url = f"{reverse('people')}?state={SignIn.RUN_OUT}"
        where = _("These people cannot sign in until they get a new one.")
        tasks.append(Task("key", title.format(n=run_out), where, url, _("See who")))
    return tasks
