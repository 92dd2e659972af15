"""One module per section; each has `parse(text)` and nothing that lives longer than the call."""
