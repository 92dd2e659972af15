"""KVM with libvirt: an instance on a host, asked read only inside the one exec request of that host."""
