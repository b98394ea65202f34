"""The coder: frames, parties, dates, places, attribution and auxiliary modes of a sentence."""
