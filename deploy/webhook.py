"""Posts what was wrong with a run to a web address, as JSON with a ``text``, which Slack, Mattermost and Zulip take.

For HEALTH_COMMAND, with HEALTH_COMMAND_WHEN=changes. The address, which is a secret with most services, comes from the
environment variable TIBETNEWS_WEBHOOK, so that no list of processes shows it.
"""

import json
import os
import sys
from urllib.request import Request, urlopen

report = json.load(sys.stdin)
if not report["healthy"] or report["change"]:
    about = "\n".join(report["faults"]) or f"run {report['run']} is healthy; not well since {report['since']}"
    text = f"tibetnews {report['change'] or 'ill'}: {about}"
    body = json.dumps({"text": text, "report": report}).encode()
    request = Request(os.environ["TIBETNEWS_WEBHOOK"], body, {"Content-Type": "application/json"})
    urlopen(request, timeout=30).close()
