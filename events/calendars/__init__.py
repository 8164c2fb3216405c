"""Calendar files of occasions: feeds, invitations by mail, cancellations. No clock, no database: docs/calendar-files.md."""
