"""Benchmarks: how long qops takes beside the tools that it stands next to, as ratios within one run.

Each module is one stage of `dvc.yaml` and a program of its own: `python -m benchmarks.startup`. A time that misses its
bar is printed and recorded; it never fails a run.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in the children that simulate; read when NumPy starts
