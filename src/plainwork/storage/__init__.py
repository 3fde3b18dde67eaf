"""Files and Git: the only storey that reads and writes them."""
