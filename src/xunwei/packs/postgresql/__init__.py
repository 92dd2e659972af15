"""PostgreSQL 10 and later: an instance on a Linux host, asked inside the one exec request of that host."""
