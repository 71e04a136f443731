"""Holds the JUnit XML of `sehlab test` and `sehlab sweep` against the structure that CI systems read.

  junit.py SEHLAB GUESTS FIXTURES

There is no standard. What is checked is what the schemas of Jenkins' xUnit plugin (junit-10.xsd) and of
Ant's <junitreport> have in common: elements, their order of nesting, attributes and their types; and that
counts and elements agree.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from schemas import Problem, main

SEHLAB, GUESTS, FIXTURES = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
SCRATCH = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(SCRATCH.name)

COUNT, SECONDS, TEXT = r"\d+", r"\d+(\.\d+)?", r"(?s).*"
COUNTS = {"tests": COUNT, "failures": COUNT, "errors": COUNT, "skipped": COUNT, "time": SECONDS}
# Of each element: its attributes, all of them required, and which elements may be in it.
ELEMENTS = {
    "testsuites": (COUNTS, {"testsuite"}),
    "testsuite": ({"name": TEXT, **COUNTS}, {"testcase"}),
    "testcase": ({"classname": TEXT, "name": TEXT, "time": SECONDS},
                 {"failure", "error", "skipped"}),
    "failure": ({"message": TEXT}, set()),
    "error": ({"message": TEXT}, set()),
    "skipped": ({"message": TEXT}, set()),
}


def check_element(element):
    attributes, inside = ELEMENTS[element.tag]
    if element.attrib.keys() != attributes.keys():
        raise Problem(f"<{element.tag}> has {sorted(element.attrib)}")
    for name, pattern in attributes.items():
        if not re.fullmatch(pattern, element.attrib[name]):
            raise Problem(f"<{element.tag} {name}={element.attrib[name]!r}>")
    for child in element:
        if child.tag not in inside:
            raise Problem(f"<{child.tag}> in <{element.tag}>")
        check_element(child)
    if inside and (element.text or "").strip():
        raise Problem(f"text in <{element.tag}>")


def check_counts(root):
    for suite in root:
        cases = list(suite)
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            count = sum(1 for case in cases if case.find(tag) is not None)
            if int(suite.attrib[attribute]) != count:
                raise Problem(f"{attribute}={suite.attrib[attribute]}, and there are {count}")
        if int(suite.attrib["tests"]) != len(cases):
            raise Problem(f"tests={suite.attrib['tests']}, and there are {len(cases)}")
    for attribute in ("tests", "failures", "errors", "skipped"):
        if int(root.attrib[attribute]) != sum(int(suite.attrib[attribute]) for suite in root):
            raise Problem(f"<testsuites {attribute}> is not the sum of its suites")


def check(file):
    root = ElementTree.parse(file).getroot()
    if root.tag != "testsuites":
        raise Problem(f"the root is <{root.tag}>")
    check_element(root)
    check_counts(root)
    return root


def junit(*arguments, code=0):
    file = FOLDER / "junit.xml"
    ran = subprocess.run([SEHLAB, *map(str, arguments), "--junit", str(file)], cwd=GUESTS,
                         stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    if ran.returncode != code:
        raise Problem(f"{arguments} ended with {ran.returncode}: {ran.stderr.decode()[-400:]}")
    return check(file)


def scenarios_that_pass():
    if int(junit("test", FIXTURES / "scenarios" / "watch").attrib["tests"]) < 5:
        raise Problem("too few scenarios")


def scenarios_of_every_status():
    folder = FOLDER / "scenarios"
    folder.mkdir()
    # What XML would take for markup, or does not allow at all (XML 1.0, 2.2: U+0001), in a title.
    head = 'title = "<a> & \\"b\\" \\u0001 ]]>"\nguest = "exit0.exe"\n'
    (folder / "failed.toml").write_text(head + "[expect]\nexit = 1\nstdout = \"<&>\"\n")
    (folder / "broken.toml").write_text(head + "[expect]\nexti = 1\n")
    (folder / "skipped.toml").write_text(head + 'skip = "<not> now"\n[expect]\nexit = 0\n')
    (folder / "passed.toml").write_text(head + "[expect]\nexit = 0\n")
    root = junit("test", folder, code=2)
    counts = [root.attrib[name] for name in ("tests", "failures", "errors", "skipped")]
    if counts != ["4", "1", "1", "1"]:
        raise Problem(f"tests, failures, errors, skipped are {counts}")


def sweeps():
    junit("sweep", "-o", FOLDER / "a.toml", "--window", "raise..step", "--fault", "read",
          "seh_nested_except.O2.exe")
    root = junit("sweep", "-o", FOLDER / "b.toml", "--window", "start..kernel32!ExitProcess",
                 "--fault", "read", "fault_continue.exe", code=1)
    if root.attrib["failures"] == "0":
        raise Problem("docs/sweeps.md has this one fail")


def the_checks_can_fail():
    good = ('<testsuites tests="1" failures="0" errors="0" skipped="0" time="0">'
            '<testsuite name="s" tests="1" failures="0" errors="0" skipped="0" time="0">'
            '<testcase classname="c" name="n" time="0"/></testsuite></testsuites>')
    for old, new in (('tests="1"', 'tests="2"'), ('time="0"/', 'time="x"/'), ("<testcase", "<test"),
                     ('name="n" ', ""), ('"0"/>', '"0"><failure message="m"/></testcase>')):
        file = FOLDER / "damaged.xml"
        file.write_text(good.replace(old, new, 1))
        try:
            check(file)
        except (Problem, ElementTree.ParseError, KeyError):
            continue
        raise Problem(f"{new} in place of {old} is let through")


sys.exit(main([scenarios_that_pass, scenarios_of_every_status, sweeps, the_checks_can_fail]))
