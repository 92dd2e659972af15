"""The flow: opens a run, brings the rooms together in order, and closes it. Used by the CLI and the Ansible doors."""
