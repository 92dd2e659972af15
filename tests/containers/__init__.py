"""Real systemd hosts in containers, for tests that need a real sshd, sudo, journal or database."""
