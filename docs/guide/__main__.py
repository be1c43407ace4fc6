"""`python -m docs.guide [FOLDER]`: write the guide (in `site/`), and say where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.guide.site import write

if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    write(folder)
    sys.stdout.write(f"Le guide est prêt : ouvrez {folder / 'index.html'}\n")
