"""Collect: ask assets, bring raw answers home. Knows nothing of rules and writes nothing."""
