"""How the tables in `indexer/knowledge/data` were made; none of this runs when newsdex runs."""
