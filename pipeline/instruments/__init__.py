"""From tags of instruments and stages of readiness to how each country acts, and on which technologies and sectors."""

from pipeline.instruments.finding import find_instruments
from pipeline.instruments.links import Link, Stretch
from pipeline.instruments.sources import Source
from pipeline.instruments.tables import Instruments, render_instruments

__all__ = ["Instruments", "Link", "Source", "Stretch", "find_instruments", "render_instruments"]
