"""Platform pack: commvault."""
