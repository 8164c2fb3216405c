"""What can be wrong with hours, limits and pauses, each as a sentence. The sentences are translated where they are shown."""

from typing import Final


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogues; arithmetic itself speaks no language."""
    return text


SENTENCES: Final = {
    "bad_clock": gettext_noop("“%(text)s” is no time of day: write it as 09:00, at most 24:00."),
    "bad_pair": gettext_noop("A segment is a pair of times such as 09:00 and 12:00."),
    "over_midnight": gettext_noop(
        "%(start)s–%(end)s runs over midnight: end it at 24:00 and begin another at 00:00 on the next day."
    ),
    "empty": gettext_noop("%(start)s–%(end)s has no length: it must end after it begins."),
    "overlap": gettext_noop("%(first)s and %(second)s overlap."),
    "not_positive": gettext_noop("The limit must be more than nothing."),
    "not_whole": gettext_noop("The limit must be a whole number of days, or of hours to the second."),
    "too_long": gettext_noop("The limit is too long: at most %(most)s."),
    "unit": gettext_noop("The unit must be wh (working hours), wd (working days), cd (calendar days) or h (hours by the clock)."),
    "reversed_pause": gettext_noop("The pause from %(start)s to %(end)s ends before it begins."),
    "no_zone": gettext_noop("The moment %(moment)s says no zone: add one, such as +08:00."),
    "no_work": gettext_noop("There is no working time in this calendar after %(day)s, so the limit never ends."),
    "closed_week": gettext_noop("A week needs some working time: give at least one weekday its hours."),
    "year": gettext_noop("The calendar knows the years %(first)s to %(last)s, not %(year)s."),
    "nothing": gettext_noop("This changes nothing: the calendar says so already."),
    "reversed_days": gettext_noop("The last day, %(last)s, is before the first, %(first)s."),
    "too_many_days": gettext_noop("At most %(most)s days at once."),
    "no_open_hours": gettext_noop("Give the hours in which offices are open, or choose “closed”."),
    "unpublished": gettext_noop(
        "The holidays of %(year)s are not known to this installation yet: paste the published list, or upload it as a file."
    ),
    "no_days": gettext_noop("The list names no day: write one a line, such as 2027-01-01,closed,元旦,New Year's Day."),
    "too_many_lines": gettext_noop("The list is too long: at most %(most)s lines."),
    "bad_day": gettext_noop("Line %(line)s: “%(text)s” is no date; write it as 2027-01-01."),
    "other_year": gettext_noop("Line %(line)s: %(day)s is not in %(year)s."),
    "twice": gettext_noop("Line %(line)s: %(day)s stands in the list already."),
    "no_hours": gettext_noop("Line %(line)s: after the date say “closed”, “open” or the hours, such as 09:00-12:00."),
    "bad_line": gettext_noop("Line %(line)s: %(error)s"),
    "not_text": gettext_noop("The file is not a text in UTF-8 or GB 18030."),
    "too_far": gettext_noop("The limit leaves the years 1 to 9999."),
}


class CalendarError(ValueError):
    """Hours, a limit or pauses that cannot be reckoned with."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def sentence(self) -> str:
        """The sentence with its gaps, as the catalogues know it."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        return self.sentence % self.values
