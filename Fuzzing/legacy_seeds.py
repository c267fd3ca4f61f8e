#!/usr/bin/env python3
"""Writes the records of a small workbook or presentation, as Office wrote them before 2007: seeds for scripts/fuzz.

    legacy_seeds.py xls|ppt
"""
import struct
import sys


def record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def workbook():
    begin = record(0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12))
    begin += record(0x041E, struct.pack("<HH", 164, 3) + b"\0" + b"0.0")
    begin += record(0x00E0, bytes(2) + struct.pack("<H", 164) + bytes(16))

    def head(start):
        sheet = record(0x0085, struct.pack("<I", start) + b"\0\0\1\0P")
        return begin + sheet + record(0x00FC, struct.pack("<IIH", 1, 1, 3) + b"\0abc") + record(0x000A, b"")

    cells = record(0x0809, struct.pack("<HH", 0x0600, 16) + bytes(12))
    cells += record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(0x0203, struct.pack("<HHHd", 1, 0, 0, 2.5))
    cells += record(0x00BD, struct.pack("<HHHIHIH", 2, 0, 0, 7, 0, 9, 1))
    cells += record(0x00E5, struct.pack("<HHHHH", 1, 0, 3, 0, 0)) + record(0x005D, bytes(22))
    cells += record(0x01B6, bytes(10) + struct.pack("<HHI", 3, 0, 0)) + record(0x003C, b"\0abc")
    return head(len(head(0))) + cells + record(0x001C, bytes(12)) + record(0x000A, b"")


def atom(kind, content, container=False):
    return struct.pack("<HHI", 15 if container else 0, kind, len(content)) + content


def presentation():
    text = atom(0x0F9F, bytes(4)) + atom(0x0FA0, "ab".encode("utf-16-le"))
    shape = atom(0xF004, atom(0xF010, bytes(8)) + atom(0xF00D, text), True)
    drawing = atom(0x040C, atom(0xF002, atom(0xF003, shape, True), True), True)
    slide = atom(0x03EE, atom(0x03EF, bytes(24)) + drawing, True)
    entry = atom(0x03F3, struct.pack("<IIIII", 1, 0, 0, 300, 0)) + atom(0x0F9F, bytes(4)) + atom(0x0FA8, b"t")
    document = atom(0x03E8, atom(0x0FF0, entry, True), True)
    return document + slide + atom(0x1772, struct.pack("<II", 1 << 20 | 1, len(document)))


sys.stdout.buffer.write(workbook() if sys.argv[1] == "xls" else presentation())
