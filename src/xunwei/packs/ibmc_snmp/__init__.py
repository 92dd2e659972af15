"""The pack for Huawei iBMC over SNMP: what its parsers share."""
