"""Tests of the Huawei VRP pack."""
