"""The pack for Huawei OceanStor over SNMP: what its parsers share."""
