"""The Linux pack: shared readers for its parsers; see page.md."""
