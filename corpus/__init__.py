"""What an article is, and how one is read. Knows nothing of indexes."""
