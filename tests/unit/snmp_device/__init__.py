"""Tests of the generic SNMP pack."""
