"""Four pictures of a plan, each with its table twin: timeline, budget, progress, indicators.

`figures.py` computes what is shown from a library plan; the other rooms draw it. A picture is static SVG with real text,
and the same figures stand under it in a table, for screen readers, for copying, and for whoever trusts numbers more.

Why no library: the ones that make SVG from a wheel were tried on 21 November 2026. pygal 3.1 writes a script, a style
sheet and style attributes (our policy forbids them), has no patterns for greyscale and no mirrored axis, and gives other
bytes every time. vl-convert 1.9 (Vega) gives clean, repeatable SVG, but in 88 MB, with coordinates for one width (too
small on a phone or too large on a desk), no mirrored axis and no patterns. svgwrite is marked inactive; drawsvg only
writes tags, which is the part that takes fifty lines.

How they stay readable from a phone to A4: places along the axis are percentages and letters are pixels, so that a picture
becomes wider and its letters stay as they are. Labels stand above their bars. Right to left, every place is mirrored
before it is written; numbers and ids keep their direction.
"""

from __future__ import annotations

from fourpress.pictures.bullets import indicators
from fourpress.pictures.gantt import timeline
from fourpress.pictures.money import budget
from fourpress.pictures.standing import progress

__all__ = ["budget", "indicators", "progress", "timeline"]
