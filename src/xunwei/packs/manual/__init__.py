"""What people checked by hand, out of the journals of the state directory."""
