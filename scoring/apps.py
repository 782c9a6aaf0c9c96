"""The year: file, appraise, rank."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self):
        from accounts import trail_words  # noqa: PLC0415 - needs the models as well
        from core import protections  # noqa: PLC0415 - models must be loaded before their triggers are described
        from scoring.filing.checks import CHECKS  # noqa: PLC0415 - as above
        from scoring.protections import PROTECTIONS  # noqa: PLC0415 - as above
        from scoring.ranking import services  # noqa: F401, PLC0415 - registers the handler of its jobs
        from scoring.twins import finding  # noqa: F401, PLC0415 - as above, and its chore

        protections.register(*PROTECTIONS)
        trail_words.NAMES.update({check.id: check.title for check in CHECKS.values()})
