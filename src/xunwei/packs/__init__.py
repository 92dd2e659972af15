"""The platform packs that come with Xunwei: one folder each, see docs/packs.md."""
