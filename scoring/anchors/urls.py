"""Addresses of reference answers and of the drift, below the committee's desk."""

from django.urls import path

from scoring.anchors.views import drift, reference

urlpatterns = [
    path("<int:year>/drift/", drift.drift, name="drift"),
    path("<int:year>/drift/file/", drift.drift_file, name="drift_file"),
    path("<int:year>/criteria/<int:pk>/anchors/", reference.anchor_candidates, name="anchor_candidates"),
    path("<int:year>/criteria/<int:pk>/anchors/<int:answer>/", reference.anchor_take, name="anchor_take"),
    path("anchors/<int:pk>/", reference.anchor, name="anchor"),
    path("anchors/<int:pk>/withdraw/", reference.anchor_withdraw, name="anchor_withdraw"),
]
