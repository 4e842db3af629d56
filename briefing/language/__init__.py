"""An article parsed once: tokens, heads, entities, and what is read from them. Nothing above this package parses a string again."""
