"""Platform pack: fusioncompute."""
