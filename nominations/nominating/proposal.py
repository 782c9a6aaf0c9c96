"""What is proposed, cleaned; the reason that goes with a refusal."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.cleaning import clean_name, clean_text
from core.errors import Invalid
from nominations.enums import AwardForm, Subject

MAX_ACHIEVEMENT = 1000


@dataclass(frozen=True)
class Proposal:
    """What the unit fills in. Name and position are for an individual, `part` for a named part of the unit."""

    form: AwardForm
    subject: Subject
    achievement: str
    part: str = ""
    person_name: str = ""
    person_position: str = ""

    def cleaned(self) -> "Proposal":
        """Invalid names every missing field; a collective has no person, an individual is no part."""
        is_person = self.subject == Subject.PERSON
        proposal = Proposal(
            form=AwardForm(self.form),
            subject=Subject(self.subject),
            achievement=clean_text(self.achievement, limit=MAX_ACHIEVEMENT),
            part="" if is_person else clean_name(self.part),
            person_name=clean_name(self.person_name) if is_person else "",
            person_position=clean_name(self.person_position) if is_person else "",
        )
        wanted = {"achievement": _("Say in short what was achieved.")}
        if is_person:
            wanted |= {"person_name": _("Give the full name."), "person_position": _("Give the position.")}
        if faults := {name: sentence for name, sentence in wanted.items() if not getattr(proposal, name)}:
            raise Invalid(" ".join(faults.values()), code="ERR-REQUIRED", fields=faults)
        return proposal


def reason_given(text: str, sentence: str) -> str:
    """The reason in the words of who gives it; nothing is returned, refused or withdrawn without one."""
    cleaned = clean_text(text, limit=MAX_ACHIEVEMENT)
    if not cleaned:
        raise Invalid(sentence, code="ERR-REQUIRED", fields={"reason": sentence})
    return cleaned
