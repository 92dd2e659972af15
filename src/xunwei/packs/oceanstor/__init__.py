"""Platform pack: oceanstor."""
