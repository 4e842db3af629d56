"""The web to a folder of articles: feeds, pages, the client that asks for them, and what is written. Nothing else fetches articles."""
