"""Mails what was wrong with a run, with the cause in the subject; about a healthy one it says nothing.

For HEALTH_COMMAND, with the addressee as argument; with HEALTH_COMMAND_WHEN=changes it mails when a run is ill, once a
day while it stays so, and when it has recovered. The mail goes by SMTP to the machine's own mail server, or to the one
that the environment variable TIBETNEWS_SMTP names, as smtp://host:25 or smtps://user:password@host. Where none listens
on the machine it goes to the program ``sendmail``, as msmtp and nullmailer bring it along; one that is set-group-id,
such as Postfix's, would not work in the service, which takes on no new rights.
"""

import json
import os
import shutil
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 30


def send(message: EmailMessage) -> None:
    """Send a mail by the server that is set, else by the machine's own."""
    is_set = bool(os.environ.get("TIBETNEWS_SMTP"))
    server = urlsplit(os.environ["TIBETNEWS_SMTP"] if is_set else "smtp://localhost")
    if server.scheme not in ("smtp", "smtps"):
        sys.exit("TIBETNEWS_SMTP has no smtp:// or smtps:// in front")
    try:
        connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
        with connect(server.hostname or "localhost", server.port or 0, timeout=TIMEOUT_SECONDS) as smtp:
            if server.username:
                if server.scheme == "smtp":
                    smtp.starttls()
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)
    except ConnectionRefusedError:
        program = shutil.which("sendmail", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib")
        if program is None or is_set:
            raise
        subprocess.run([program, "-t", "-i"], input=message.as_bytes(), check=True)


def _printable(text: str) -> str:
    """Return a text that any mail can hold."""
    return "\n".join(text.encode("utf-8", "replace").decode().splitlines())


report = json.load(sys.stdin)
if not report["healthy"] or report["change"]:
    message = EmailMessage()
    message["From"] = message["To"] = sys.argv[1]
    message["Auto-Submitted"] = "auto-generated"
    what = report["change"] or "ill"
    about = report["cause"] or f"run {report['run']} is healthy"
    message["Subject"] = _printable(f"tibetnews {what}: {about}").replace("\n", " ")
    told = [f"{report['spider']}, run {report['run']}, {report['started']} to {report['ended']}, {report['reason']}"]
    if report["change"] in ("still ill", "recovered"):
        told.append(f"not well since {report['since']}")
    message.set_content(_printable("\n".join([*told, "", *report["faults"]])) + "\n")
    try:
        send(message)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"the mail could not be sent: {error}")
