"""Models behind one protocol: the embedded engine, a recorded tape, a cache around either; and the files they need."""
