"""Pictures of contexts: numbers in, shapes for a template out. Nothing here asks the record."""
