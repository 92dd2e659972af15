"""Ceph: a cluster, asked on one of its admin nodes inside the one exec request of that host."""
