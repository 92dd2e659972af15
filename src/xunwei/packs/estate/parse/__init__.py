"""Readers of the lines that the engine derives from all assets (docs/packs.md, derived)."""
