"""Mails what was wrong with a run, with the cause in the subject; about a healthy one it says nothing.

For HEALTH_COMMAND, with the addressee as argument; with HEALTH_COMMAND_WHEN=changes it mails when a run is ill, once a
day while it stays so, and when it has recovered. The mail goes out by the machine's own ``sendmail``, which every mail
server brings along, and small ones such as msmtp and nullmailer too.
"""

import json
import subprocess
import sys
from email.message import EmailMessage

report = json.load(sys.stdin)
if not report["healthy"] or report["change"]:
    message = EmailMessage()
    message["To"] = sys.argv[1]
    message["Auto-Submitted"] = "auto-generated"
    what = report["change"] or "ill"
    about = report["cause"] or f"run {report['run']} is healthy"
    message["Subject"] = f"tibetnews {what}: {about}"
    told = [f"{report['spider']}, run {report['run']}, {report['started']} to {report['ended']}, {report['reason']}"]
    if report["change"] in ("still ill", "recovered"):
        told.append(f"not well since {report['since']}")
    message.set_content("\n".join([*told, "", *report["faults"]]) + "\n")
    subprocess.run(["sendmail", "-t", "-i"], input=message.as_bytes(), check=True)
