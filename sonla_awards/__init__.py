"""Wiring only: settings, URLs, the worker, checks and the commands that span the apps."""

from sonla_awards.celery import app as celery_app

__all__ = ["celery_app"]
