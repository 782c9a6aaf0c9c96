"""What the surroundings decide, read once and typed. Everything else is in `base`.

A file `.env` at the project's root is read first; the real environment wins over it.
"""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(ROOT / ".env")

VAR = Path(env.str("SONLA_VAR", default=str(ROOT / "var")))
DATABASE_URL = env.str("DATABASE_URL", default="")
# Named so on purpose: the celery command line itself reads BROKER_URL and would overrule the product.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
CACHE_URL = env.str("CACHE_URL", default="")
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env.str("SITE_URL", default="")
PLAIN_HTTP = env.bool("PLAIN_HTTP", default=False)
TRUSTED_PROXIES = env.int("SONLA_TRUSTED_PROXIES", default=0)
# A virus checker that speaks clamd's protocol: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
