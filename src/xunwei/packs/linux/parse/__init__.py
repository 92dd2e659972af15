"""One module per section of the Linux pack."""
