"""What `make bench` runs. Nothing here is a test: no time is asserted anywhere."""
