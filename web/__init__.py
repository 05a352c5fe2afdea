"""The search page: a Flask application over an archive."""
