"""The steps from articles to a brief, each from values to values; `briefing.pipeline` puts them in order."""
