"""Address of the unit's side; the appraiser's stand on the appraisal desk."""

from django.urls import path

from scoring.clarifying.views import unit

urlpatterns = [path("clarifications/<int:pk>/", unit.clarification, name="clarification")]
