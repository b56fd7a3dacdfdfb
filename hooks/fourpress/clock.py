"""The day on which the site is built: asked for only where a program begins, and handed on from there."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """Today, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org), so that a build can be repeated later."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
