"""The IPMI pack: what its parsers share."""
