"""Huawei VRP network devices: switches and routers of VRP5 and VRP8, and the USG firewalls."""
