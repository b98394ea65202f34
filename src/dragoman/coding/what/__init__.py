"""What happened, and what did not: frames, their slots, modality, type and codes."""
