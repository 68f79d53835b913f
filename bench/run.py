"""python bench/run.py WORKLOAD key=value ... --runs 3 --out FILE --label TEXT; PYTHONPATH names peerbench's folder."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from pathlib import Path

NAME = "peerbench.adapters.companionway"


def main() -> None:
    path = Path(__file__).with_name("adapter_companionway.py")
    spec = importlib.util.spec_from_file_location(NAME, path)
    assert spec and spec.loader
    sys.modules[NAME] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.argv = ["peerbench", "companionway", *sys.argv[1:]]
    runpy.run_module("peerbench", run_name="__main__")


if __name__ == "__main__":
    main()
