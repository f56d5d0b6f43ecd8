"""Ships the program in the wheel: SEISHO_BINARY names it, target/release/seisho of this repository where it is not set."""
import os
import shutil
from pathlib import Path

from setuptools import setup
try:
    from setuptools.command.bdist_wheel import bdist_wheel as BaseWheel
except ImportError:  # setuptools before 70
    from wheel.bdist_wheel import bdist_wheel as BaseWheel
from setuptools.command.build_py import build_py as BasePy

HERE = Path(__file__).resolve().parent
EXE = "seisho.exe" if os.name == "nt" else "seisho"


class BuildPy(BasePy):
    def run(self):
        super().run()
        program = Path(os.environ.get("SEISHO_BINARY") or HERE.parents[1] / "target" / "release" / EXE)
        if not program.is_file():
            raise SystemExit(f"{program} is not there: build it (cargo build --release -p seisho) or set SEISHO_BINARY")
        to = Path(self.build_lib) / "seisho" / "bin" / EXE
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(program, to)
        to.chmod(0o755)


class Wheel(BaseWheel):
    """For this platform, any Python 3: there is no extension module."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(cmdclass={"build_py": BuildPy, "bdist_wheel": Wheel})
