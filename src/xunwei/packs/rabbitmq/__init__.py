"""Parsers and helpers of this pack."""
