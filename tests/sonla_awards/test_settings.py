"""Production starts only when it is set up, and then stands as reliability.md E.9 wants it."""

import json
import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "thidua.sonla.gov.vn",
    "SITE_URL": "https://thidua.sonla.gov.vn",
}
SHOW = (
    "import json, django; django.setup(); from django.conf import settings as s; "
    "names = [n for n in dir(s) if n.isupper()]; "
    "print(json.dumps({n: repr(getattr(s, n)) for n in names}))"
)


def start(code: str, tmp_path, **environment) -> subprocess.CompletedProcess:
    surroundings = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "sonla_awards.settings.production"}
    surroundings |= {"SONLA_VAR": str(tmp_path)} | environment
    return subprocess.run([sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_missing_setting_is_named_in_one_sentence(missing, tmp_path):
    done = start(SHOW, tmp_path, **{name: value for name, value in GOOD.items() if name != missing})

    assert done.returncode != 0
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sample_key_is_refused(tmp_path):
    done = start(SHOW, tmp_path, **GOOD | {"SECRET_KEY": "short"})

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_production_is_strict(tmp_path):
    done = start(SHOW, tmp_path, **GOOD)
    shown = json.loads(done.stdout)

    wanted = {
        "DEBUG": False,
        "CLOCK_MAY_BE_SET": False,
        "ALLOWED_HOSTS": ["thidua.sonla.gov.vn"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 43200,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2500000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Ho_Chi_Minh",
    }
    assert {name: shown[name] for name in wanted} == {name: repr(value) for name, value in wanted.items()}
    assert "Argon2" in shown["PASSWORD_HASHERS"]
    assert "unsafe" not in shown["CONTENT_SECURITY_POLICY"]
    assert "synchronous=FULL" in shown["DATABASES"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("proxies", "header"), [("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')"), ("-1", None), ("nginx", None)]
)
def test_forwarded_headers_count_only_behind_proxies(tmp_path, proxies, header):
    done = start(SHOW, tmp_path, **GOOD, SONLA_TRUSTED_PROXIES=proxies)

    if header is None:
        assert done.returncode != 0
        assert "SONLA_TRUSTED_PROXIES" in done.stderr
    else:
        shown = json.loads(done.stdout)
        assert (shown["TRUSTED_PROXIES"], shown["SECURE_PROXY_SSL_HEADER"]) == (proxies, header)


@pytest.mark.slow
def test_the_deployment_check_passes(tmp_path):
    code = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    done = start(code, tmp_path, **GOOD)

    assert done.returncode == 0, done.stderr


def test_the_demo_does_not_pass_the_deployment_check():
    from sonla_awards.checks import clock_cannot_be_set  # noqa: PLC0415 - needs the settings of the test

    assert [error.id for error in clock_cannot_be_set(None)] == ["core.E002"]
