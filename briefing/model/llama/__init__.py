"""The embedded engine: a GGUF file answered by llama.cpp, many requests at once; llama.cpp is imported nowhere else.

Importing this package loads nothing; `briefing.model.llama.engine` brings in llama.cpp, and is imported only when a
model is opened.
"""

import os

# GNU OpenMP lets a thread that waits for the others spin for milliseconds. With one more busy process on a machine of
# two cores, steps took 1.4 to 4 times as long as with a short spin (0 and 3000 were tried); on an idle one the
# difference was within the noise. It is read once, when llama.cpp is loaded, so it has to be set before that.
os.putenv("GOMP_SPINCOUNT", "5000")
