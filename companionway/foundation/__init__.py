"""What every room stands on: records and events, the shape of a permission, sealed text, live streams, duties."""
