"""A plain Django project of 25 apps, each with five models, their admin, forms and ten addresses; nothing else."""

import subprocess
import sys
from pathlib import Path

APPS, MODELS, ADDRESSES = 25, 5, 10

_MODEL = """
class M{number}(models.Model):
    name = models.CharField(max_length=100)
    points = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    at = models.DateTimeField(auto_now=True)
"""
_FORM = """
class F{number}(forms.ModelForm):
    class Meta:
        model = models.M{number}
        fields = "__all__"
"""
_URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls)] + [path(f"app{i}/", include(f"app{i}.urls")) for i in range(25)]
"""


def make(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "django", "startproject", "plain", folder], check=True)
    for number in range(APPS):
        _make_app(folder / f"app{number}")
    with (folder / "plain" / "settings.py").open("a") as settings:
        settings.write(f'INSTALLED_APPS += [f"app{{i}}" for i in range({APPS})]\n')
    (folder / "plain" / "urls.py").write_text(_URLS)


def _make_app(app: Path) -> None:
    numbers = range(MODELS)
    models = "from django.db import models\n"
    for number in numbers:
        models += _MODEL.format(number=number)
        if number:
            models += f'    above = models.ForeignKey("M{number - 1}", models.CASCADE)\n'
    registered = "".join(f"admin.site.register(models.M{number})\n" for number in numbers)
    views = "".join(f'path("{number}", views.answer),' for number in range(ADDRESSES))
    files = {
        "__init__.py": "",
        "models.py": models,
        "admin.py": f"from django.contrib import admin\nfrom . import models\n{registered}",
        "forms.py": "from django import forms\nfrom . import models\n"
        + "".join(_FORM.format(number=number) for number in numbers),
        "views.py": "from django.http import HttpResponse\nfrom . import forms\n"
        "def answer(request):\n    return HttpResponse('x')\n",
        "urls.py": f"from django.urls import path\nfrom . import views\nurlpatterns = [{views}]\n",
    }
    app.mkdir()
    for name, text in files.items():
        (app / name).write_text(text)
