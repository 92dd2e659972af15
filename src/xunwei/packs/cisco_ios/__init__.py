"""Pack: Cisco IOS and IOS-XE switches and routers."""
