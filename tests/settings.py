"""The service's own settings with a folder of their own, quick passphrases and mail that stays here."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "COMPANIONWAY_VAR" not in os.environ:
    _var = tempfile.mkdtemp(prefix="companionway-tests-")
    os.environ["COMPANIONWAY_VAR"] = _var
    atexit.register(shutil.rmtree, _var, ignore_errors=True)

from companionway.config.settings import *  # noqa: E402, F403
from companionway.config.settings import AUTHENTICATION_BACKENDS, DATABASES, VAR  # noqa: E402

# The real hash is slow on purpose; the browser journeys use it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in service: threads then meet the same locks. Only the waiting for the disk is left out.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )

# `client.force_login` takes the first one.
AUTHENTICATION_BACKENDS = [
    "tests.signing_in.ByTheTest",
    "tests.signing_in.WeaklyByTheTest",
    *AUTHENTICATION_BACKENDS,
]
