"""Parsers of the sections of this pack, one module each."""
