"""What people do about meetings."""

from companionway.meetings.services._details import SeriesDetails, details_of
from companionway.meetings.services._series import begin_series, change_series, end_series

__all__ = ["SeriesDetails", "begin_series", "change_series", "details_of", "end_series"]
