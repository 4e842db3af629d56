"""Pure text: sentence spans, page furniture, metadata. Knows no model and no file."""
