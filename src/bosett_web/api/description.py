"""The description of the API: OpenAPI 3.1, made from the shapes, with what their docstrings say of each field."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from http import HTTPStatus
from typing import Any, cast, get_args

from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema

from bosett_web.api import shapes
from bosett_web.api.problems import MEDIA_TYPE, HttpProblem

READ = ["GET", "HEAD"]
"""HEAD is answered as GET is, and so the description tells of one of them."""
_ATTRIBUTES = re.compile(r"\s*\n\nAttributes:\n(.*)\Z", re.DOTALL)
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


class DescribedApi(NinjaAPI):
    """An API whose description is made from docstrings."""

    def get_openapi_schema(self, **of: Any) -> OpenAPISchema:  # noqa: ANN401  - as in what it replaces
        """Return the description."""
        described = super().get_openapi_schema(**of)
        for path in described["paths"].values():
            path.pop("head", None)
            for parameter in path["get"]["parameters"]:
                _without_null(parameter["schema"])
        parts = described["components"]["schemas"]
        parts[HttpProblem.__name__] = HttpProblem.json_schema()
        for kind in _kinds():
            if kind.__name__ in parts:
                _describe(parts[kind.__name__], kind)
        return described


def responses(**why: str) -> dict[str, Any]:
    """Return what an operation answers beside 200, for its description.

    Args:
        why: By name of a status in lower case, what has gone wrong there.
    """
    responses_of = {
        "not_modified": "Nothing has changed since If-None-Match",
        "bad_request": "NUL stands in the request",
        **why,
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{HttpProblem.__name__}"}}}
    told_of: dict[int, Mapping[str, object]] = {}
    for name, text in responses_of.items():
        status = HTTPStatus[name.upper()]
        is_fault = status >= HTTPStatus.BAD_REQUEST
        told_of[status.value] = {"description": text, **({"content": content} if is_fault else {})}
    return {"responses": told_of}


def _without_null(schema: dict[str, Any]) -> None:
    """Let the schema of a parameter be that of its values: that it may be left out is said beside it."""
    choices = [each for each in schema.pop("anyOf", []) if each != {"type": "null"}]
    if choices:
        schema |= choices[0]


def _kinds() -> Iterator[type]:
    """Yield all kinds of value that the answers hold."""
    waiting: list[object] = [HttpProblem, *vars(shapes).values()]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if not isinstance(kind, type):
            continue
        if issubclass(kind, Schema):
            waiting += [each.annotation for each in kind.model_fields.values()]
        elif is_dataclass(kind):
            waiting += [each.type for each in fields(kind)]
        else:
            continue
        yield cast("type", kind)


def _describe(part: dict[str, Any], kind: type) -> None:
    """Put what the docstrings of a kind say where it belongs: first of all of it, and then of each field."""
    part["description"] = _ATTRIBUTES.sub("", _docstring(kind))
    for base in kind.__mro__[:-1]:
        attributes = _ATTRIBUTES.search(_docstring(base))
        for name, text in _ATTRIBUTE.findall(attributes[1]) if attributes else ():
            if name in part.get("properties", {}):
                words = re.sub(r"\bNone\b", "null", re.sub(r"\s+", " ", text))  # as JSON has it
                part["properties"][name].setdefault("description", words)


def _docstring(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "")
