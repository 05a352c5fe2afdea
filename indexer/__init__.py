"""From articles to answers: analysis, knowledge, query, engines, archive, pipeline and search."""

__version__ = "0.1.0"
