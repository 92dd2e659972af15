"""VMware vSphere: a vCenter or a single ESXi host, asked over its Web Services API."""
