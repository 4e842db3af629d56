"""Models behind HTTP: any server that speaks the OpenAI chat interface, or several of them as one.

Importing this package loads nothing; `briefing.model.server.fleet` brings in the HTTP client, and is imported only when a server is
used. What a server offers is found out by asking it (`features`), never guessed from its name.
"""
