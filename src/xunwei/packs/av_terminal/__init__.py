"""Audio and video equipment without a login for us: what it answers on its service ports."""
