"""The layouts of the outlet's pages: a class for each markup that its CMS has used."""

from __future__ import annotations

from tibetnews.outlet.layouts.base import Layout
from tibetnews.outlet.layouts.chinese import ChineseLayout
from tibetnews.outlet.layouts.photo import PhotoLayout
from tibetnews.outlet.layouts.plain import PlainLayout
from tibetnews.outlet.layouts.tibetan import TibetanLayout
from tibetnews.outlet.layouts.video import VideoLayout

LAYOUTS: tuple[Layout, ...] = (PhotoLayout(), VideoLayout(), ChineseLayout(), TibetanLayout(), PlainLayout())
"""Newest markup first; the first that matches a page reads it.

The last one goes by the order of the parts alone and takes pages that no other layout knows.
"""
