"""A small Django project in one file: a signed-in list of 100 rows with 10 queries, and the saving of a form.

`... pages list|save`; its SQLite file lies in PAGES_FOLDER and is written as durably as the product's.
"""

import os
import random
import sys
from decimal import Decimal
from pathlib import Path

import django
from django.conf import settings

from benchmarks.measure import serve, timed

REQUESTS = 10
BASE = """<!doctype html><html lang="vi"><head><title>{% block title %}{% endblock %}</title></head><body><nav>
{% for one in blocks %}<a href="?b={{ one.block }}">Khối {{ one.block }} ({{ one.count }})</a>{% endfor %}
{{ user.username }} {{ unread }}</nav>{% block main %}{% endblock %}</body></html>"""
LIST = """{% extends "base.html" %}{% block title %}Danh sách{% endblock %}{% block main %}
<h1>{{ me.name }} – {{ total }} – {{ mean|floatformat:2 }}</h1><table><tr>{% for one in criteria %}<th>{{ one.name }}</th>
{% endfor %}</tr>{% for one in submissions %}<tr class="{% cycle 'a' 'b' %}"><td>{{ forloop.counter }}</td>
<td>{{ one.unit.code }}</td><td><a href="/u/{{ one.unit.id }}">{{ one.unit.name }}</a></td><td>{{ one.unit.block }}</td>
<td>{{ one.year }}</td><td>{{ one.total|floatformat:2 }}</td><td>{{ one.a1 }}</td><td>{{ one.a2 }}</td><td>{{ one.a3 }}</td>
<td>{% if one.a4 %}Có{% else %}Không{% endif %}</td></tr>{% endfor %}</table>{% endblock %}"""
CONTRIB = [f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")]
LOADER = ("django.template.loaders.locmem.Loader", {"base.html": BASE, "list.html": LIST})


def configure(folder: Path) -> None:
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.anchors.pages_app.views",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[*CONTRIB, "benchmarks.anchors.pages_app"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                    "loaders": [("django.template.loaders.cached.Loader", [LOADER])],
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "pages.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
                },
            }
        },
    )
    django.setup()


def fill() -> None:
    """4,100 units with a submission each, 80 criteria, one person with notices."""
    from django.contrib.auth.models import User  # noqa: PLC0415 - models can be read once Django is configured
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from benchmarks.anchors.pages_app.models import Criterion, Notice, Submission, Unit  # noqa: PLC0415 - as above

    call_command("migrate", run_syncdb=True, verbosity=0)
    chance = random.Random(1)
    user = User.objects.create_user("a", password="b")
    Unit.objects.bulk_create(Unit(code=f"SL{i}", name=f"Ủy ban nhân dân xã số {i}", block=i % 12) for i in range(4100))
    Criterion.objects.bulk_create(Criterion(code=f"TC{i}", name=f"Tiêu chí số {i}") for i in range(80))
    Submission.objects.bulk_create(
        Submission(unit_id=i + 1, year=2025, total=Decimal(chance.randint(0, 10_000)) / 100) for i in range(4100)
    )
    Notice.objects.bulk_create(Notice(user=user, text="x", read=i % 3 == 0) for i in range(60))


def main(page: str) -> None:
    configure(Path(os.environ["PAGES_FOLDER"]))
    from django.contrib.auth.models import User  # noqa: PLC0415 - models can be read once Django is configured
    from django.test import Client  # noqa: PLC0415 - as above

    fill()
    client = Client()
    client.force_login(User.objects.get())
    form = {"a1": "12.5", "a2": "3.25", "a3": "7", "a4": "on", "note": "ghi chú"}

    def act() -> None:
        for _request in range(REQUESTS):
            done = client.get("/list") if page == "list" else client.post("/save", form)
            assert done.status_code == (200 if page == "list" else 303)

    serve(timed(act))


if __name__ == "__main__":
    main(sys.argv[1])
