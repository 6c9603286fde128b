"""What comes back from those who took a quiz: teachers' keys, response files, and what a response earned."""
