"""Safeguarding records, apart from everything else: own permission, own key, never changed, only added to."""
