"""The first stage of examples.clean_cluster on Ray, on this machine: ``python -m tests.support.ray_clean IN OUT TASKS``

The other stages are datatrove's own, and each of their tasks would start a process of Ray's, which takes seconds.
"""

from __future__ import annotations

import argparse
import sys

from examples.clean_cluster import executor_of, run, stages

if __name__ == "__main__":
    source, out, tasks = sys.argv[1:]
    options = argparse.Namespace(executor="ray", workers=2, memory=1)
    run(stages(source, out, int(tasks))[:1], out, executor_of(options))
