"""Generic SNMP pack: standard MIBs, and the MIBs of vendors seen in recordings."""
