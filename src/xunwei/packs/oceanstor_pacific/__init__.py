"""Platform pack: oceanstor_pacific."""
