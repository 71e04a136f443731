"""Runs the commands of docs/ci/github.yml and docs/ci/gitlab.yml, as they stand there.

  workflows.py [--apt] DOCS_CI PACKAGE.deb

In a project that is docs/ci/example, one shell a step with the options that GitHub and GitLab give it, with
PACKAGE.deb as what SEHLAB_URL names: once as it is, once with a scenario that fails, once with another
package than the checksum says. What is to be kept must be there. --apt: apt-get is the system's, and
really installs (deb_checks.sh does that in a system of its own); without it a stand-in unpacks the
package into a folder of the test's, and takes compilers to be there.

Exit code: 0, 1, or 77 (skipped) where there is no curl, make or mingw-w64.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import yaml

APT = "--apt" in sys.argv
DOCS, PACKAGE = (pathlib.Path(word).resolve() for word in sys.argv[1:] if word != "--apt")

STAND_IN = """#!/bin/bash
# apt-get update; apt-get install --yes --no-install-recommends PACKAGE...
[[ $1 == update ]] && exit 0
[[ "$1 $2 $3" == "install --yes --no-install-recommends" ]] || exit 100
for package in "${@:4}"; do
  case $package in
    ./*.deb) dpkg-deb --extract "$package" "$UNPACKED" ;;
    ca-certificates | curl | make | gcc-mingw-w64-i686) ;;
    *) echo "apt-get: unknown package $package" >&2; exit 100 ;;
  esac
done
"""


class Problem(Exception):
    pass


def github():
    """Each step's script, the variables, and the paths that are kept. The shell: GitHub Docs, Workflow
    syntax, "jobs.<job_id>.steps[*].shell": bash --noprofile --norc -eo pipefail {0}."""
    job = yaml.safe_load((DOCS / "github.yml").read_text("utf-8"))["jobs"]["scenarios"]
    if job["defaults"]["run"]["shell"] != "bash":
        raise Problem("github.yml: another shell")
    kept = [step for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
    if len(kept) != 1 or kept[0]["if"] != "always()":
        raise Problem("github.yml: reports are not kept when something failed")
    cached = [step for step in job["steps"] if step.get("uses", "").startswith("actions/cache@")]
    return ([["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
             for step in job["steps"] if "run" in step],
            job["env"], kept[0]["with"]["path"].split(), cached[0]["with"]["path"].split(),
            job["container"])


def gitlab():
    """The same. GitLab's runner puts before_script and script together into one shell with
    `set -eo pipefail` (GitLab Docs, "Shells supported by GitLab Runner")."""
    job = yaml.safe_load((DOCS / "gitlab.yml").read_text("utf-8"))["seh"]
    lines = "\n".join([*job["before_script"], *job["script"]])
    artifacts = job["artifacts"]
    if artifacts["when"] != "always" or artifacts["reports"]["junit"] not in artifacts["paths"]:
        raise Problem("gitlab.yml: reports are not kept when something failed")
    return ([["bash", "-eo", "pipefail", "-c", lines]], job["variables"], artifacts["paths"],
            job["cache"]["paths"], job["image"])


def run(workflow, project, package=PACKAGE):
    """Runs the steps until one fails; its exit code and what was said."""
    steps, variables, *_ = workflow
    environment = {**os.environ, **{name: str(value) for name, value in variables.items()}}
    environment["SEHLAB_URL"] = package.as_uri()
    environment["SEHLAB_SHA256"] = hashlib.sha256(PACKAGE.read_bytes()).hexdigest()
    for name in ("SEHLAB_GUEST_DIR", "SEHLAB_KIT", "LD_LIBRARY_PATH"):
        environment.pop(name, None)
    if not APT:
        tools = project.parent / "tools"
        tools.mkdir(exist_ok=True)
        (tools / "apt-get").write_text(STAND_IN)
        (tools / "apt-get").chmod(0o755)
        unpacked = project.parent / "unpacked"
        environment["UNPACKED"] = str(unpacked)
        environment["PATH"] = f"{tools}:{unpacked}/usr/bin:{environment['PATH']}"
    said = ""
    for step in steps:
        ran = subprocess.run(step, cwd=project, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
                             check=False)
        said += ran.stdout.decode("utf-8", "replace")
        if ran.returncode != 0:
            return ran.returncode, said
    return 0, said


def expect(what, holds, said):
    if not holds:
        raise Problem(f"{what}\n{said[-2000:]}")


def check(name, workflow):
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project"
        shutil.copytree(DOCS / "example", project)
        _, variables, kept, cached, image = workflow
        expect(f"{name}: Debian's package is installed in {image}", image == "debian:bookworm", "")

        code, said = run(workflow, project)
        expect(f"{name}: the example ends with {code}", code == 0, said)
        results = ElementTree.parse(project / "seh-results.xml").getroot()
        scenarios = len(list((project / variables["SCENARIOS"]).glob("**/*.toml")))
        expect(f"{name}: {results.attrib}", int(results.attrib["tests"]) == scenarios >= 2
               and results.attrib["failures"] == results.attrib["errors"] == "0", said)
        expect(f"{name}: {cached} is cached", (project / cached[0] / "sehlab.deb").is_file(), said)

        # What is in the cache is not fetched again: there is nothing at this address.
        (project / "seh" / "wrong.toml").write_text(
            'title = "wrong"\nguest = "../build/read_numbers.exe"\n[expect]\nexit = 3\n')
        (project / "seh" / "dies.toml").write_text(
            'title = "dies"\nguest = "../build/read_numbers.exe"\n'
            '[[inject]]\nat = "component!read_number"\nfault = "illegal"\n[expect]\nexit = 0\n')
        code, said = run(workflow, project, pathlib.Path(folder) / "nowhere.deb")
        expect(f"{name}: with a scenario that fails it ends with {code}", code == 1, said)
        results = ElementTree.parse(project / "seh-results.xml").getroot()
        expect(f"{name}: {results.attrib}", results.attrib["failures"] == "2", said)
        files = [file for path in kept for file in [project / path, *(project / path).glob("*")]]
        names = sorted(file.name for file in files)
        for wanted in ("seh-results.xml", "seh-wrong.html", "seh-dies.html", "seh-dies.txt"):
            expect(f"{name}: {wanted} is kept: {names}", wanted in names, said)
        report = (project / "seh-reports" / "seh-dies.txt").read_text("utf-8")
        expect(f"{name}: a crash report", "unhandled exception C000001D" in report, report)

        # Another package than the checksum says.
        other = pathlib.Path(folder) / "other.deb"
        other.write_bytes(b"!<arch>\n")
        shutil.rmtree(project / cached[0])
        code, said = run(workflow, project, other)
        expect(f"{name}: a package with another checksum is refused", code == 1, said)


def main():
    for tool in ("curl", "make", "dpkg-deb", "i686-w64-mingw32-gcc"):
        if not APT and shutil.which(tool) is None:
            print(f"skipped: no {tool}")
            return 77
    try:
        check("github.yml", github())
        check("gitlab.yml", gitlab())
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


sys.exit(main())
