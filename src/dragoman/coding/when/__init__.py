"""When: time expressions, their values, and which of them is an event's."""
