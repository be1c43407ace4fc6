"""Ships `notebooks/` inside the package, as `pipeline/notebook/guides/`; all the rest is in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

KINDS = (".ipynb", ".md", ".py")


class WithNotebooks(build_py):
    """Builds the package, then adds the notebooks (an editable install reads them where they are)."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "pipeline" / "notebook" / "guides"
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted((Path(__file__).parent / "notebooks").iterdir()):
            if path.suffix in KINDS:
                shutil.copy(path, target / path.name)


setup(cmdclass={"build_py": WithNotebooks})
