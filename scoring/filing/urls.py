"""Addresses of this desk."""

urlpatterns = []
