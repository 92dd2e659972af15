"""The estate as a whole: the asset list audited against what was found."""
