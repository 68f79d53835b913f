"""Settings. Everything an operator may set comes from the environment; docs/generated/settings.md lists it."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from environs import Env

env = Env()
ROOT = Path(__file__).resolve().parents[2]
TESTING = "pytest" in sys.modules

# Where the database, keys and collected files live. Back it up; keep the keys apart.
VAR = env.path("COMPANIONWAY_VAR", ROOT / "var")
VAR.mkdir(parents=True, exist_ok=True)


def _kept_secret(path: Path) -> str:
    """A secret made on first start and kept beside the database, readable by the service only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


# Shows faults in full. Never on a service that people use.
DEBUG = env.bool("DEBUG", False)
# Signs sessions. Empty: one is made on first start and kept in `COMPANIONWAY_VAR`.
SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret(VAR / "secret_key")
# The host names the service answers to, with commas between them.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
# The address people type, beginning with https://. Links in mail and passkeys need it.
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")
# Addresses or networks of the reverse proxy, with commas between; only what these say of whom they ask for is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", ["127.0.0.1", "::1"])

# The master keys that wrap every other key. Never in the database, never in its backup.
MASTER_KEY_FILE = env.path("MASTER_KEY_FILE", VAR / "keys" / "master.json")
# The one copy of the wrapped keys that belongs to every backup; better on another disk than the database.
KEY_COPY_FILE = env.path("KEY_COPY_FILE", VAR / "keys" / "key-copy.json")
# A folder, best on another machine's disk, that receives a sealed backup each night. Empty: none is made by itself.
BACKUP_FOLDER = env.str("BACKUP_FOLDER", "")
# Nightly backups older than this are removed.
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", 30)
# The key that opens backups, made at the first one. Keep a copy elsewhere: without it a backup is worthless.
BACKUP_KEY_FILE = env.path("BACKUP_KEY_FILE", VAR / "keys" / "backup.json")
# A file with a passphrase that seals backups instead of the key.
BACKUP_PASSPHRASE_FILE = env.str("BACKUP_PASSPHRASE_FILE", "")

# SQLite unless set; `postgres://user:passphrase@host/name` for PostgreSQL 15 or newer.
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'companionway.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    # The live lane's few statements are kept prepared (foundation/statements.py); Django's own never are.
    DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 3}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Empty: one process, everything in memory. redis://... : many processes hear each other.
VALKEY_URL = env.str("VALKEY_URL", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "companionway.foundation",
    "companionway.ui",
    "companionway.people",
    "companionway.oncall",
    "companionway.safety",
    "companionway.plans",
    "companionway.concerns",
    "companionway.noticing",
    "companionway.safeguarding",
    "companionway.conversations",
    "companionway.meetings",
    "companionway.gatherings",
    "companionway.release",
    "companionway.practice",
    "companionway.support",
    "companionway.groups",
    "companionway.clubhouse",
    "companionway.placements",
    "companionway.jointrecords",
    "companionway.reachout",
    "companionway.association",
    "companionway.sponsors",
    "companionway.steps",
    "companionway.supervision",
    "companionway.reading",
    "companionway.moderation",
    "companionway.introductions",
    "companionway.notices",
    "companionway.insight",
    "companionway.calendars",
    "companionway.upkeep",
    "companionway.home",
    "companionway.demonstration",
]
MIDDLEWARE = [
    "companionway.foundation.middleware.DiscreetHeaders",
    "companionway.foundation.middleware.RequestsWithoutNul",
    "django.middleware.security.SecurityMiddleware",
    # Pages a third of their size on a slow line; Django pads them against length attacks, and tokens are masked.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "companionway.people.middleware.KnownPerson",
    "companionway.ui.middleware.EasyRead",
    "django.contrib.messages.middleware.MessageMiddleware",
    "companionway.ui.middleware.KindRefusals",
]
ROOT_URLCONF = "companionway.config.urls"
WSGI_APPLICATION = "companionway.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "companionway.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "companionway.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "companionway.ui.controls.Controls"

AUTH_USER_MODEL = "people.Person"
# The same name in two organisations is two people: our backend asks which organisation is meant.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["companionway.people.backends.PassphraseBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "companionway.ui.views.csrf_failure"
# Not "no-referrer": browsers then send "Origin: null" with every form, and the CSRF check refuses them all.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
# A 10 MB paste still meets a kind sentence in the form instead of a bare refusal.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LANGUAGE_CODE = "en"
# Each in its own words, so that whoever meets a page in a language they cannot read finds theirs.
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "companionway" / "locale"]
USE_TZ = True
# The time people read where they have not chosen their own.
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Files are for these pages only, and each header less makes a first visit smaller.
WHITENOISE_ALLOW_ALL_ORIGINS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# How mail leaves: Django's SMTP backend or one of Anymail's. Unless set, no mail is sent.
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
# The SMTP server.
EMAIL_HOST = env.str("EMAIL_HOST", "")
# Its port.
EMAIL_PORT = env.int("EMAIL_PORT", 587)
# The name the SMTP server knows us by.
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
# And its passphrase.
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
# Whether mail travels to the SMTP server encrypted.
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 15
# The sender people see. Choose a neutral name: others may see the screen.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Messages <noreply@localhost>")
VAPID_KEY_FILE = VAR / "keys" / "vapid.pem"

# Where "Leave this site" leads: an everyday page that nobody wonders about.
LEAVE_SITE_URL = env.str("LEAVE_SITE_URL", "https://www.bbc.co.uk/weather")
# Shows the page with every part of the interface.
SHOW_GALLERY = env.bool("SHOW_GALLERY", DEBUG)

MESSAGE_MAX_LENGTH = 5000
UNDO_SECONDS = 10
EDIT_MINUTES = 15

# How much is logged: WARNING, INFO or DEBUG. Nobody's words or addresses, at any level.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Paths and query strings of refused requests may carry what somebody looked for.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
