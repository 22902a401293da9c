"""The Chromium of this machine, where there is one."""

from __future__ import annotations

import shutil

from tibetnews.rendering.choice import PROGRAMS

CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
NO_CHROMIUM = "no Chromium here; `apt-get install chromium-headless-shell` brings one"
