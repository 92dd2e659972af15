"""The pack of H3C and HPE Comware devices."""
