"""The tables of the ground."""

from core.audit.models import AuditEntry
from core.jobs.models import Job

__all__ = ["AuditEntry", "Job"]
