#!/usr/bin/env python3
"""Holds job.yaml against the schemas of Kubernetes, and runs its commands here: every index, one of them ended by SIGTERM and
started again, then the merge; the whole is that of one machine. No cluster is needed, and none is tried.

Needs kubernetes-validate (which brings PyYAML). SEISHO names the program.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
seisho = shutil.which(os.environ.get("SEISHO", "seisho"))
subprocess.run([Path(sys.executable).with_name("kubernetes-validate"), "--strict", HERE / "job.yaml"], check=True)
job, merge, _ = yaml.safe_load_all((HERE / "job.yaml").read_text(encoding="utf-8"))
with tempfile.TemporaryDirectory() as work:
    fixtures = HERE.parents[1] / "fixtures"
    for n in range(6):
        for name in ("documents", "findings"):
            shutil.copytree(fixtures / name, f"{work}/in/{n}/{name}")
    os.mkdir(f"{work}/out")
    os.mkdir(f"{work}/bin")
    os.symlink(seisho, f"{work}/bin/seisho")

    def start(template, **env):
        container = template["spec"]["containers"][0]
        command = [c.replace("/in ", f"{work}/in ").replace("/out/", f"{work}/out/") for c in container["command"] + container["args"]]
        return subprocess.Popen(command, env={"PATH": f"{work}/bin:{os.environ['PATH']}", "LC_ALL": "C", **env}, stdout=subprocess.DEVNULL)

    completions = job["spec"]["completions"]
    assert f"/{completions}\"" in job["spec"]["template"]["spec"]["containers"][0]["args"][0]
    stopped = 0
    for index in range(completions):
        pod = start(job["spec"]["template"], JOB_COMPLETION_INDEX=str(index))
        if index == 3:
            time.sleep(0.15)
            pod.send_signal(signal.SIGTERM)
            stopped = pod.wait()
            pod = start(job["spec"]["template"], JOB_COMPLETION_INDEX=str(index))
        assert pod.wait() == 0, index
    assert start(merge["spec"]["jobTemplate"]["spec"]["template"]).wait() == 0
    subprocess.run([seisho, "convert", f"{work}/in", "--out", f"{work}/one", "--quiet"], check=False)
    for name in ("records.jsonl", "manifest.jsonl"):
        assert Path(work, "out/whole", name).read_bytes() == Path(work, "one", name).read_bytes(), name
    print(f"{completions} shards, one stopped by SIGTERM (exit code {stopped}) and started again, merged: as of one machine")
