"""The embedded engine: a GGUF file answered by llama.cpp, many requests at once; llama.cpp is imported nowhere else.

Importing this package loads nothing; `briefing.model.llama.engine` brings in llama.cpp, and is imported only when a
model is opened.
"""

import os

# GNU OpenMP lets a thread that waits for the others spin for milliseconds. With one more busy process on a machine of
# two cores that made steps four times slower; a short spin costs nothing measurable on an idle one. The setting is read
# once, when llama.cpp is loaded, so it has to be made before that.
os.putenv("GOMP_SPINCOUNT", "5000")
