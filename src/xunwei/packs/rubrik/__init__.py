"""Platform pack: rubrik."""
