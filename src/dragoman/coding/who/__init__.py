"""Who: phrases become parties, references are followed through the report."""
