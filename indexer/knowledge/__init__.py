"""What an article is about: mentions, entities, categories, stories, and what people corrected.

    finder = MentionFinder()                      # a pure function of the article
    resolver = Resolver(previous_table)           # gathers names over the whole archive
    for article in articles:
        resolver.add(article.id, article.language, finder.find(article))
    resolution = resolver.finish()                # resolution.entity_ids(mentions, language), resolution.table

Import from the modules themselves: a search needs few of them, and starts the faster for it.
"""
