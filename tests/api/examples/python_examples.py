"""Runs the examples in Python of a document and of the module's docstring, each by itself.

    python_examples.py DOCUMENT.md MODULE.py
"""

import ast
import pathlib
import re
import sys
import textwrap

document, module = (pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
examples = re.findall(r"^```python\n(.*?)^```$", document, re.DOTALL | re.MULTILINE)
examples += re.findall(r"((?:^    .*\n|^\n)+)", ast.get_docstring(ast.parse(module)) + "\n",
                       re.MULTILINE)
examples = [text for text in map(textwrap.dedent, examples) if "import sehlab" in text]
if len(examples) != 2:
    sys.exit(f"{len(examples)} examples were found, one is in each file")
for text in examples:
    print(text)
    exec(compile(text, "example", "exec"), {})
