"""What is no plain text: each reader turns the bytes of one kind of file into the texts of its articles, and nothing else."""
