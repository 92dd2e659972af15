"""Pack: Ruijie switches and routers with RGOS."""
