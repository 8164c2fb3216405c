"""The briefing pack: what leaders read before a meeting; only what the one who opens it may read."""

from events.briefing.papers import briefing_for_word, briefing_pdf
from events.briefing.reading import Briefing, Guest, briefing_of

__all__ = ["Briefing", "Guest", "briefing_for_word", "briefing_of", "briefing_pdf"]
