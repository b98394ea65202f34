"""Where: place names, what they mean together, and which of them is an event's."""
