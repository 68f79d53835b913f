"""The service's settings with an app that has something to migrate; named by GROWS."""

import os

from companionway.config.settings import *  # noqa: F403
from companionway.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, os.environ["GROWS"]]
