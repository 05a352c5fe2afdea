"""One file per group of pages, each a blueprint."""

from web.views import api, article, assets, compare, corrections, embed, entity, export, facet, feeds, search

BLUEPRINTS = (
    search.blueprint,
    facet.blueprint,
    article.blueprint,
    compare.blueprint,
    entity.blueprint,
    corrections.blueprint,
    api.blueprint,
    export.blueprint,
    feeds.blueprint,
    embed.blueprint,
    assets.blueprint,
)
