"""A Slurm of one machine, for tests: munge, the controller and the node's daemon, all in one folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

DAEMONS = ("munged", "mungekey", "slurmctld", "slurmd", "sbatch")
MISSING = "there is no Slurm here, or the tests do not run as root: `make slurm` installs it"

_CONFIGURATION = """\
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
SlurmctldPort={controller}
SlurmdPort={node}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MailProg=/bin/true
ReturnToService=2
KillWait=2
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2200 State=UNKNOWN
PartitionName=cpu Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def is_installed() -> bool:
    return os.geteuid() == 0 and all(_path(name) for name in DAEMONS)


@contextmanager
def slurm(folder: Path) -> Iterator[dict[str, str]]:
    """Start the daemons; give the environment in which Slurm's commands find them. They end with the block."""
    for name in ("state", "spool"):
        (folder / name).mkdir()
    folder.chmod(0o755)
    key, sock, configuration = folder / "munge.key", folder / "munge.sock", folder / "slurm.conf"
    controller, node = free_ports(2)
    host = socket.gethostname().partition(".")[0]
    configuration.write_text(_CONFIGURATION.format(folder=folder, host=host, controller=controller, node=node), "utf-8")
    environment = {**os.environ, "SLURM_CONF": str(configuration)}
    subprocess.run([_path("mungekey"), "--create", f"--keyfile={key}"], check=True)
    files = [f"--{name}-file={folder}/munged.{name}" for name in ("log", "pid", "seed")]
    with ExitStack() as daemons:
        for command in (
            [_path("munged"), "--foreground", "--force", f"--key-file={key}", f"--socket={sock}", *files],
            [_path("slurmctld"), "-D", "-f", str(configuration)],
            [_path("slurmd"), "-D", "-f", str(configuration), "-N", host],
        ):
            log = daemons.enter_context((folder / f"{Path(command[0]).name}.out").open("wb"))
            daemon = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            daemons.callback(daemon.wait, 60)
            daemons.callback(daemon.terminate)
        run(environment, "srun", "--immediate=60", "true")  # waits until all three are at work
        yield environment
        run(environment, "scancel", "--user=root", check=False)


def run(environment: dict[str, str], *command: str, check: bool = True) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def jobs(environment: dict[str, str]) -> list[str]:
    """The ids of all jobs that have not ended."""
    return sorted(set(run(environment, "squeue", "--noheader", "--format=%A").split()))


def wait_for_jobs(environment: dict[str, str]) -> None:
    """Return once all jobs have ended, well or not."""
    if ids := jobs(environment):
        run(environment, "sbatch", "--wait", f"--dependency=afterany:{':'.join(ids)}", "--wrap=true", "-o", "/dev/null")


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _path(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""
