"""Each link in the documents below a folder leads to a file that is there, and, where it names a
heading, to that heading.

    links.py FOLDER
"""

import pathlib
import re
import sys
import urllib.parse

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|^    .*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ +(.*?) *#*$", re.MULTILINE)


def anchors(text):
    """Of its headings, as GitHub and GitLab make them."""
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title) for title in HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in plain}


def wrong_links(document):
    text = document.read_text(encoding="utf-8")
    for link in LINK.findall(CODE.sub("", text)):
        path, _, anchor = urllib.parse.unquote(link).partition("#")
        if ":" in path:
            continue  # elsewhere in the world
        target = document.parent / path if path else document
        if not target.exists():
            yield f"{link}: there is no such file"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{link}: there is no such heading"


def main():
    folder = pathlib.Path(sys.argv[1])
    documents = [path for path in sorted(folder.rglob("*.md"))
                 if path.relative_to(folder).parts[0] not in ("build", ".git")]
    if not documents:
        sys.exit(f"{folder} has no documents")
    wrong = [f"{document}: {what}" for document in documents for what in wrong_links(document)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
