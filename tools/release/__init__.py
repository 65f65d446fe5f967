"""What a release needs: the lock, the address, a run with Colab's versions, and the picture of the README."""
