"""What runs a backbone's forward pass, and backbones converted for it."""
