"""Resumable uploads over HTTP: tus 1.0.0 with creation, checksum, expiration, termination.

The addresses are those of the public protocol and stand in no list of commands: a client is told
what is spoken here by OPTIONS.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from email.utils import format_datetime
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.identity import ByToken, TheHouse
from application.principals import Principal
from application.questions import House
from application.uploads import OtherOffset, Piece, Upload, UploadBusy
from domain.documents import LARGEST

router = APIRouter(prefix="/v1/uploads", include_in_schema=False)

VERSION = "1.0.0"
SPOKEN = {"Tus-Resumable": VERSION}
OFFERED = {
    **SPOKEN,
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,checksum,expiration,termination",
    "Tus-Max-Size": str(LARGEST),
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
CHECKSUMS: dict[str, Any] = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
PIECE = "application/offset+octet-stream"
NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
METADATA = re.compile(r"[!-+\--~]{1,60}(?: [A-Za-z0-9+/=]{0,400})?", re.ASCII)
LONGEST_METADATA = 2_000


class Checksum(NamedTuple):
    """What a piece must hash to, and by which algorithm."""

    algorithm: str
    digest: bytes


@router.options("")
@router.options("/{id}")
def offered() -> Response:
    """What is spoken here."""
    return Response(status_code=204, headers=OFFERED)


@router.post("")
async def begin(request: Request, house: TheHouse, by: ByToken) -> Response:
    """Begins an upload of a length that is known."""
    check_protocol(request)
    length = number_of(request, "upload-length")
    if length > LARGEST:
        raise HTTPException(413, headers=OFFERED)
    if number_or_none(request, "content-length"):
        raise HTTPException(400, headers=SPOKEN)
    metadata = request.headers.get("upload-metadata", "")
    media_type = announced_in(metadata).get("filetype", "")
    upload = await run_in_threadpool(
        house.uploads.begin,
        by.person,
        length=length,
        media_type=media_type[:100],
        metadata=metadata,
        now=house.clock.now(),
    )
    headers = {**SPOKEN, **expiry(upload), "Location": f"/v1/uploads/{upload.id}"}
    return Response(status_code=201, headers=headers)


@router.head("/{id}")
async def look(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """How much of an upload has come."""
    check_protocol(request)
    upload = await found(house, id, by)
    headers = {**standing(upload), "Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return Response(status_code=200, headers=headers)


@router.post("/{id}")
async def instead(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """Another method, by a client that cannot send it."""
    method = request.headers.get("x-http-method-override", "").upper()
    if method not in ("PATCH", "DELETE"):
        raise HTTPException(405)
    return await (go_on if method == "PATCH" else end)(request, house, id, by)


@router.patch("/{id}")
async def go_on(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """Takes a piece of an upload; what has come is kept when the connection breaks."""
    check_protocol(request)
    if request.headers.get("content-type", "") != PIECE:
        raise HTTPException(415, headers=SPOKEN)
    offset, checksum = number_of(request, "upload-offset"), checksum_of(request)
    upload = await found(house, id, by)
    if upload.sha256:
        raise HTTPException(409, headers=SPOKEN)
    try:
        with house.uploads.writing(upload, offset) as piece:
            await taken(request, piece, checksum)
            now_at = piece.offset
    except OtherOffset:
        raise HTTPException(409, headers=SPOKEN) from None
    except UploadBusy:
        raise HTTPException(423, headers=SPOKEN) from None
    headers = {**SPOKEN, **expiry(upload), "Upload-Offset": str(now_at)}
    return Response(status_code=204, headers=headers)


@router.delete("/{id}")
async def end(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """Forgets an upload."""
    check_protocol(request)
    await run_in_threadpool(house.uploads.end, await found(house, id, by))
    return Response(status_code=204, headers=SPOKEN)


async def taken(request: Request, piece: Piece, checksum: Checksum | None) -> None:
    """Writes the body as it comes; nothing of it stays where it is too long or garbled."""
    seen = CHECKSUMS[checksum.algorithm]() if checksum else None
    try:
        async for chunk in request.stream():
            if seen is not None:
                seen.update(chunk)
            if not await run_in_threadpool(piece.add, chunk):
                await run_in_threadpool(piece.undo)
                raise HTTPException(413, headers=SPOKEN)
    except ClientDisconnect:
        if checksum is not None:
            await run_in_threadpool(piece.undo)
        return
    if checksum is not None and seen is not None and seen.digest() != checksum.digest:
        await run_in_threadpool(piece.undo)
        raise HTTPException(460, headers=SPOKEN)


async def found(house: House, id: str, by: Principal) -> Upload:
    """An upload of the person's own; for anybody else it is not there."""
    upload = await run_in_threadpool(house.uploads.find, id, by.person, house.clock.now())
    if upload is None:
        raise HTTPException(404, headers=SPOKEN)
    return upload


def standing(upload: Upload) -> dict[str, str]:
    """How far an upload has come, and until when it is kept."""
    return {**SPOKEN, **expiry(upload), "Upload-Offset": str(upload.offset)}


def expiry(upload: Upload) -> dict[str, str]:
    """Until when an upload is kept."""
    return {"Upload-Expires": format_datetime(upload.expires, usegmt=True)}


def check_protocol(request: Request) -> None:
    """Refuses a client that speaks no version that is spoken here."""
    if request.headers.get("tus-resumable") != VERSION:
        raise HTTPException(412, headers={"Tus-Version": VERSION})


def number_or_none(request: Request, name: str) -> int | None:
    """A header that is a whole number; None where it is none."""
    text = request.headers.get(name, "")
    return int(text) if NUMBER.fullmatch(text) else None


def number_of(request: Request, name: str) -> int:
    """A header that must be a whole number."""
    number = number_or_none(request, name)
    if number is None:
        raise HTTPException(400, headers=SPOKEN)
    return number


def checksum_of(request: Request) -> Checksum | None:
    """What the piece is announced to hash to, if anything is."""
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if algorithm not in CHECKSUMS or not digest:
        raise HTTPException(400, headers=SPOKEN)
    return Checksum(algorithm, digest)


def announced_in(metadata: str) -> dict[str, str]:
    """What a client says of its file: names, each with a text in base64."""
    pairs = metadata.split(",") if metadata else []
    if len(metadata) > LONGEST_METADATA or not all(METADATA.fullmatch(pair) for pair in pairs):
        raise HTTPException(400, headers=SPOKEN)
    try:
        return {
            name: base64.b64decode(value, validate=True).decode()
            for name, _, value in (pair.partition(" ") for pair in pairs)
        }
    except (binascii.Error, ValueError):
        raise HTTPException(400, headers=SPOKEN) from None
