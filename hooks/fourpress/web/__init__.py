"""What a browser needs that the site engine does badly: a search index per language, links between languages."""
