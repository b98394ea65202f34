"""Mentions to events."""
