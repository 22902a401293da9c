"""Writes the last run's figures as a file for the textfile collector of Prometheus' node_exporter.

For HEALTH_COMMAND, after every run, with the file as argument, such as
/var/lib/prometheus/node-exporter/tibetnews.prom. An alert: ``tibetnews_healthy == 0 or time() -
tibetnews_run_ended_timestamp_seconds > 3 * 3600``, which also tells runs that no longer begin.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

report = json.load(sys.stdin)
began, ended = (datetime.fromisoformat(report[name]).timestamp() for name in ("started", "ended"))
counts = report["counts"]
figures = {
    "healthy": ("Whether the last run was healthy", int(report["healthy"])),
    "faults": ("Faults of the last run", len(report["faults"])),
    "run_ended_timestamp_seconds": ("When the last run ended", ended),
    "run_duration_seconds": ("How long the last run took", ended - began),
    "run_records": ("Records that the last run wrote", counts.get("item_scraped_count", 0)),
    "run_rejects": ("Rejects of the last run", counts.get("rejects/count", 0)),
    "run_requests": ("Requests of the last run", counts.get("downloader/request_count", 0)),
}
path = Path(sys.argv[1])
part = path.with_name(f"{path.name}.part")
with part.open("w") as file:  # the collector reads whole files alone, by their ending
    for name, (meaning, value) in figures.items():
        file.write(f"# HELP tibetnews_{name} {meaning}.\n# TYPE tibetnews_{name} gauge\n")
        file.write(f'tibetnews_{name}{{spider="{report["spider"]}"}} {value:.15g}\n')
part.replace(path)
