"""The schemas of docs/schemas, as validators that say where an output differs.

JSON Schema, draft 2020-12, by python3-jsonschema. Each validated output is also damaged on purpose,
in every object once, so that a schema that would let anything through is found out.
"""
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "schemas"


class Problem(Exception):
    pass


def load(name):
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return schema


def names():
    return sorted(file.name.removesuffix(".schema.json") for file in FOLDER.glob("*.schema.json"))


def loose_objects(schema, path="#"):
    """The places of a schema that describe an object without saying what else it may hold."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and schema != {"type": "object"} \
                and "additionalProperties" not in schema:
            yield path
        for key, value in schema.items():
            yield from loose_objects(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for i, value in enumerate(schema):
            yield from loose_objects(value, f"{path}/{i}")


def parse(text):
    """JSON as RFC 8259 has it: no NaN, no name twice in an object, which Python would let pass."""
    def once(pairs):
        if len(dict(pairs)) != len(pairs):
            raise Problem("a member twice in one object")
        return dict(pairs)

    def no_number(word):
        raise Problem(f"{word} is no JSON")
    return json.loads(text, object_pairs_hook=once, parse_constant=no_number)


def damaged(instance, most):
    """Copies of an output with one thing wrong in each: an unknown member in an object, a value of
    a type that nothing here has (the array [[]]), no schema_version."""
    paths = []

    def walk(value, path):
        paths.append(path)
        if isinstance(value, dict):
            for key in value:
                walk(value[key], path + [key])
        elif isinstance(value, list):
            for i in range(min(len(value), 2)):
                walk(value[i], path + [i])
    walk(instance, [])
    for path in paths[:most]:
        broken = copy.deepcopy(instance)
        place = broken
        for key in path:
            place = place[key]
        if isinstance(place, dict):
            place["no such member"] = [[]]
            yield broken, f"an unknown member in /{'/'.join(map(str, path))}"
        elif path:
            parent = broken
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = [[]]
            yield broken, f"[[]] at /{'/'.join(map(str, path))}"
    if isinstance(instance, dict) and "schema_version" in instance:
        broken = copy.deepcopy(instance)
        del broken["schema_version"]
        yield broken, "no schema_version"


class Schema:
    """One schema, and how many outputs it was held against."""

    def __init__(self, name):
        self.name = name
        self.validator = Draft202012Validator(load(name))
        self.held = 0

    def hold(self, instance, whose, damage=60):
        """Raises a Problem unless the output is valid, and each damaged copy of it is not."""
        for error in self.validator.iter_errors(instance):
            raise Problem(f"{self.name}: {whose}: /{'/'.join(map(str, error.absolute_path))}: "
                          f"{error.message[:300]}")
        for broken, how in damaged(instance, damage):
            if self.validator.is_valid(broken):
                raise Problem(f"{self.name}: the schema lets this through: {whose} with {how}")
        self.held += 1


def main(checks):
    """Runs the checks, says what failed, and returns the exit code."""
    failed = 0
    for check in checks:
        try:
            check()
        except Problem as problem:
            failed += 1
            print(f"{check.__name__}: {problem}", file=sys.stderr)
    return 1 if failed else 0
