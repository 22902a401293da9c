"""Mails what was wrong with a run; about a healthy one it says nothing.

For HEALTH_COMMAND, with the addressee as argument. The mail goes out by the machine's own ``sendmail``, which every
mail server brings along, and small ones such as msmtp and nullmailer too.
"""

import json
import subprocess
import sys
from email.message import EmailMessage

report = json.load(sys.stdin)
if not report["healthy"]:
    message = EmailMessage()
    message["To"] = sys.argv[1]
    message["Subject"] = f"tibetnews: run {report['run']} is unhealthy"
    told = [f"{report['spider']}, {report['started']} to {report['ended']}, {report['reason']}", "", *report["faults"]]
    message.set_content("\n".join(told) + "\n")
    subprocess.run(["sendmail", "-t", "-i"], input=message.as_bytes(), check=True)
