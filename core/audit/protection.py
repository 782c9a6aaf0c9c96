"""What the database itself refuses on the trail."""

from core.audit.models import AuditEntry
from core.protections import append_only

PROTECTIONS = [append_only(AuditEntry)]
