"""What must be true before the product is put in front of people (`manage.py check --deploy`)."""

import os
from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, register


@register(deploy=True)
def clock_cannot_be_set(app_configs, **kwargs) -> list[Error]:
    """`core.E002`: the clock's seam is for tests and sample years; with it open, deadlines could be moved."""
    if not settings.CLOCK_MAY_BE_SET:
        return []
    return [
        Error("The clock can be set (CLOCK_MAY_BE_SET).", hint="Use sonla_awards.settings.production.", id="core.E002")
    ]


@register()
def spreadsheets_are_read_safely(app_configs, **kwargs) -> list[Error]:
    """`core.E003`: without defusedxml a small workbook can expand to gigabytes."""
    # What openpyxl asks when it is imported; importing it here would cost every command a tenth of its start.
    safe = find_spec("defusedxml") and os.environ.get("OPENPYXL_DEFUSEDXML", "True") == "True"
    return [] if safe else [Error("defusedxml is not installed.", hint="Install requirements.txt.", id="core.E003")]
