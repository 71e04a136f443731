"""Runs the commands that a document shows, and compares what it shows of their output.

    run_commands.py DOCUMENT.md --source DIR --build DIR [--update] [--keep]
    run_commands.py --look DOCUMENT.md...     nothing is run; a command without a "$" is a failure

A command is a line "$ ..." of a block of code (continued behind a backslash). All of a document's
commands run in one shell, one after the other, in a copy of the tree that they may write to. What
stands below a command, up to the next one, has to be in its output, line by line and in order;
"…" stands for anything, a line of its own for any lines. A comment "# exit N" tells its exit code;
without one it is 0. Lines "(gdb) ..." are what is typed at that prompt. Where a document names port
7470, a free one is used. A block behind a line that ends with "`NAME`:" is that file. What
not_run.txt beside this file names is not run, for the reason that stands there.

--update puts the numbers into the document that a line has now, if they are all that differs. They are
the lab's own: a document is an illustration, and that it is up to date is all that this looks at. What
is right is what the other tests expect, each from its source.
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\w*)\s*$")
FILE_NAME = re.compile(r"(?:^|\s)`([\w.-]+)`:$")
# A command that is not run: no "$" before it, and no word that stands for something else.
BARE = re.compile(r"^(sehlab|\./lab|cmake|ctest|cpack|python3|gdb)\s(?!.*([A-Z]{2,}|\[|\||\.\.\.|…))")


class Command:

    def __init__(self, line, text):
        self.line, self.text = line, text
        self.shown, self.typed = [], []
        self.file = None  # what it writes

    @property
    def exit_code(self):
        found = re.search(r"#.*\bexit (\d+)", self.text)
        return int(found[1]) if found else 0


def blocks(text):
    """Blocks of code as lists of (line number, line without indentation), each with the name of the
    file that it is, if it is one."""
    block, fence, before = [], None, ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if mark and fence is None:
            fence, block = mark[1], []
        elif mark:
            name = FILE_NAME.search(before)
            if name or fence in ("", "console", "sh", "text"):
                yield block, name and name[1]
            fence, block = None, []
        elif fence is not None:
            block.append((number, line))
        elif line.startswith("    "):
            block.append((number, line[4:]))
        elif line.strip() or not block:
            if block:
                yield dedented(block), None
            block = []
        if fence is None and line.strip():
            before = line
    if block:
        yield dedented(block), None


def dedented(block):
    """Blocks within lists stand further in."""
    margin = min(len(line) - len(line.lstrip()) for _, line in block if line.strip())
    return [(number, line[margin:]) for number, line in block]


def commands(text):
    """The commands, and the line numbers of those that are shown without a "$"."""
    found, bare = [], []
    for block, file in blocks(text):
        if file:
            command = Command(block[0][0] - 1, f"cp {{FILE}} {file}")
            command.file = "".join(line + "\n" for _, line in block)
            found.append(command)
            continue
        current = None
        if block and block[0][1].startswith("(gdb) ") and found:
            current = found[-1]  # the session goes on
        for number, line in block:
            if current is not None and current.text.endswith("\\"):
                current.text = current.text[:-1] + line.strip()
            elif line.startswith("$ "):
                current = Command(number, line[2:])
                found.append(current)
            elif current is not None and line.startswith("(gdb) "):
                current.typed.append(line[6:])
            elif current is not None and line.strip():
                current.shown.append((number, line))
            elif current is None and BARE.match(line):
                bare.append(number)
    return found, bare


def collapsed(text):
    """Without what differs from run to run and from machine to machine: times and rates."""
    text = re.sub(r"\b\d[\d ]*(\.\d+)? (s|ms|a minute|jobs?)\b", r"N \2", text)
    return re.sub(r"N jobs?", "N jobs", re.sub(r"\s+", " ", text)).strip()


def pattern(shown):
    parts = [re.escape(part) for part in collapsed(shown).split("…")]
    return re.compile(".*".join(part.strip("\\ ") if part in ("", "\\ ") else part
                                for part in parts))


NUMBER = re.compile(r"\b(?:0x[0-9a-f]+|[0-9a-f]{8}|\d{1,3}(?: \d{3})+|\d+)\b")


def with_numbers_of(shown, line):
    """The shown line with the numbers of a line that differs in nothing else; None: it does."""
    parts = NUMBER.split(shown)
    mark = next((i for i, part in enumerate(parts) if "…" in part), len(parts) - 1)
    head = parts[:mark + 1]
    head[-1] = head[-1].split("…")[0] if "…" in head[-1] else head[-1]
    number = f"({NUMBER.pattern})"
    fits = re.compile(r"\s*" + number.join(r"\s+".join(map(re.escape, re.split(r"\s+", part)))
                                           for part in head))
    found = fits.match(line)
    if not found:
        return None
    end = 0
    for now in found.groups():
        at = NUMBER.search(shown, end)
        if len(now) < len(at[0]):  # columns stay
            now = now.rjust(len(at[0]))
        spare = len(now) - len(at[0])
        before = shown[:at.start()]
        if spare > 0 and before.endswith(" " * (spare + 1)):
            before = before[:-spare]
        shown = before + now + shown[at.end():]
        end = len(before) + len(now)
    return shown


def not_shown(command, output, port, update=None):
    """The first shown line that the output does not have; None: it has all, in order. `update` is
    told of those that differ in numbers alone."""
    lines = [collapsed(line) for line in output.split("\n")]
    at = 0
    for number, shown in command.shown:
        if re.fullmatch(r"…( \(.*\))?", collapsed(shown)):
            continue
        wanted = pattern(shown.replace("7470", port))
        found = next((i for i in range(at, len(lines)) if wanted.search(lines[i])), None)
        for i in range(at, len(lines)) if found is None and update else ():
            now = with_numbers_of(shown.rstrip(), output.split("\n")[i])
            if now is not None:
                update(number, shown.rstrip(), now)
                found = i
                break
        if found is None:
            return number, shown
        at = found + 1
    return None


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def make_tree(folder, source, build):
    """The tree as the document's reader has it: what commands write stays in there."""
    for entry in source.iterdir():
        if entry.name.startswith(("build", ".")) or entry.name == "lab":
            continue
        if entry.name in ("fixtures", "tests"):
            shutil.copytree(entry, folder / entry.name, symlinks=True)
        else:
            (folder / entry.name).symlink_to(entry)
    made = folder / "build"
    made.mkdir()
    for entry in build.iterdir():
        if entry.name == "guest":
            shutil.copytree(entry, made / "guest", symlinks=True,
                            copy_function=lambda a, b: os.symlink(a, b),
                            ignore=shutil.ignore_patterns("CMakeFiles"))
        else:
            (made / entry.name).symlink_to(entry)
    # What ./lab does once all is built; that it builds is seen by whoever comes here.
    lab = folder / "lab"
    lab.write_text("#!/bin/sh\n"
                   "case $1 in demo|learn) exec sehlab \"$@\" ;; build|test|bench) exit 0 ;; esac\n"
                   "echo \"lab: no command $1\" >&2; exit 2\n")
    lab.chmod(0o755)
    # Build tools work in the tree that is built.
    shims = folder / ".shims"
    shims.mkdir()
    for tool in ("cmake", "ninja"):
        shim = shims / tool
        shim.write_text(f"#!/bin/sh\ncd '{source}' && exec '{shutil.which(tool)}' \"$@\"\n")
        shim.chmod(0o755)


def not_run(document, found):
    """Takes out of `found` what cannot be run here, and gives what is listed for nothing. `document` is
    its path in the tree."""
    unused = []
    for line in pathlib.Path(__file__).with_name("not_run.txt").read_text().split("\n"):
        if not line or line.startswith("#"):
            continue
        name, command, _ = (part.strip() for part in line.split("|"))
        if name != document:
            continue
        kept = [one for one in found if not one.text.startswith(command)]
        if len(kept) == len(found):
            unused.append(f"not_run.txt: {document} has no command {command}")
        found[:] = kept
    return unused


def main():
    if sys.argv[1:2] == ["--look"]:
        lines = [f"{name}:{number}: a command without a $ before it" for name in sys.argv[2:]
                 for number in commands(pathlib.Path(name).read_text(encoding="utf-8"))[1]]
        print(*lines, sep="\n")
        sys.exit(1 if lines else 0)
    arguments = argparse.ArgumentParser()
    arguments.add_argument("document", type=pathlib.Path)
    arguments.add_argument("--source", type=pathlib.Path, required=True)
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--keep", action="store_true", help="and tell where the tree is")
    given = arguments.parse_args()
    name = os.path.relpath(given.document.resolve(), given.source.resolve())
    found, _ = commands(given.document.read_text(encoding="utf-8"))
    failures = not_run(name, found)
    if not found:
        failures.append(f"{name} has no command")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sehlab-documents-"))
    try:
        failures += run_all(found, name, given, folder)
    finally:
        if given.keep:
            print(f"the tree is {folder}")
        else:
            shutil.rmtree(folder)
    print(*failures, sep="\n")
    sys.exit(1 if failures else 0)


def run_all(found, name, given, folder):
    """What went wrong with the commands, run in a tree that is made in `folder`."""
    failures = []
    make_tree(folder, given.source.resolve(), given.build.resolve())
    port, script = str(free_port()), ""
    ran = folder / "ran"
    ran.mkdir()
    for index, command in enumerate(found):
        if command.file is not None:
            (ran / f"{index}.file").write_text(command.file, encoding="utf-8")
            command.text = command.text.replace("{FILE}", f'"$RAN/{index}.file"')
        (ran / f"{index}.sh").write_text(command.text.replace("7470", port) + "\n")
        (ran / f"{index}.in").write_text("".join(line + "\n" for line in command.typed))
        at = f'"$RAN/{index}'
        script += f'eval "$(cat {at}.sh")" <{at}.in" >{at}.out" 2>&1; echo $? >{at}.code"\n'
    environment = {
        **os.environ, "RAN": str(ran), "HOME": str(folder / "home"), "TERM": "dumb",
        "LC_ALL": "C.UTF-8", "DEBUGINFOD_URLS": "",
        "PATH": f"{folder}/.shims:{given.build.resolve()}/bin:{os.environ['PATH']}",
        "PYTHONPATH": f"{given.source.resolve()}/host/api/python",
        "SEHLAB_LIBRARY": f"{given.build.resolve()}/lib/libsehlab.so"
    }
    (folder / "home").mkdir()
    subprocess.run(["bash", "-c", script], cwd=folder, env=environment, check=True,
                   stdin=subprocess.DEVNULL)
    lines = given.document.read_text(encoding="utf-8").split("\n")

    def update(number, shown, now):
        lines[number - 1] = lines[number - 1].replace(shown, now)

    for index, command in enumerate(found):
        output = (ran / f"{index}.out").read_text(encoding="utf-8", errors="replace")
        code = int((ran / f"{index}.code").read_text())
        where = f"{name}:{command.line}: {command.text}"
        missing = not_shown(command, output, port, given.update and update)
        if code != command.exit_code:
            failures.append(f"{where}\n  exit code {code}, not {command.exit_code}\n{output}")
        elif missing:
            failures.append(f"{where}\n  line {missing[0]} is not what it prints: {missing[1]}\n"
                            f"{output}")
        else:
            print(f"{where}  ok")
    if given.update:
        given.document.write_text("\n".join(lines), encoding="utf-8")
    return failures


main()
