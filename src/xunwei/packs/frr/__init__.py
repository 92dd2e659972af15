"""Pack: FRRouting (FRR) routers on Linux."""
