"""The web server's entry: gunicorn sonla_awards.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonla_awards.settings.production")
application = get_wsgi_application()
