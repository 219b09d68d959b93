"""The API reference, read off the OpenAPI document and shown without any script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.web.visit import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def reference(visit: Visiting) -> Response:
    """Every address of the interface, by subject."""
    document = visit.request.app.openapi()
    subjects: dict[str, list[dict[str, Any]]] = {}
    for operation in operations(document):
        subjects.setdefault(operation["subject"], []).append(operation)
    return visit.render("docs.html", document=document, subjects=subjects)


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The operations of the document, as far as a reader needs them."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {})
            example = body.get("application/json", {}).get("example")
            yield {
                "subject": operation.get("tags", ["system"])[0],
                "id": operation.get("operationId", ""),
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "parameters": operation.get("parameters", []),
                "example": json.dumps(example, ensure_ascii=False, indent=2) if example else "",
                "answers": [
                    (status, answer.get("description", ""))
                    for status, answer in operation.get("responses", {}).items()
                ],
            }
