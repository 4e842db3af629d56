"""Many desks, many machines, one archive: what each desk wants, the jobs that make it, and the workers that do them."""
