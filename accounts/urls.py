"""The administrator's desk."""

urlpatterns = []
