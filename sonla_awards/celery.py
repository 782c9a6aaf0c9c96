"""The worker. A job row in the database is the truth; a message only wakes the worker up (core.jobs)."""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonla_awards.settings.production")


def broker_options(url: str, folder: Path) -> dict:
    """kombu's filesystem broker needs its folders to exist; Redis hands a lost message out again after 15 minutes."""
    if not url.startswith("filesystem:"):
        return {"visibility_timeout": 900}
    queue, control = folder / "queue", folder / "control"
    for path in (queue, control):
        path.mkdir(parents=True, exist_ok=True)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}


app = Celery("sonla_awards")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=broker_options(settings.CELERY_BROKER_URL, settings.BROKER_FOLDER),
    broker_connection_retry_on_startup=True,
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=300,
    task_soft_time_limit=270,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=200,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
    beat_schedule={"sweep-jobs": {"task": "core.sweep_jobs", "schedule": 30.0}},
    beat_schedule_filename=str(settings.BROKER_FOLDER / "beat-schedule"),
)
app.autodiscover_tasks(["core.jobs"])
