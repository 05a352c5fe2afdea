"""newsdex beside other engines: one command, one run, the same articles and queries. See README.md."""
