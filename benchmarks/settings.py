"""The production settings, with the floor's address beside those of the site."""

from cppcc.settings.production import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor"
