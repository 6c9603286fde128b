"""Laws, what users see, and files with the errors that they must raise."""
