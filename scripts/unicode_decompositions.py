#!/usr/bin/env python3
"""Writes Sources/SentenceEncoder/UnicodeDecompositions.swift from Python's copy of the Unicode data.

    python3 scripts/unicode_decompositions.py >Sources/SentenceEncoder/UnicodeDecompositions.swift

Swift's standard library tells a scalar's combining class and category, but not its decomposition. Hangul
syllables decompose by arithmetic and are left out.
"""
import unicodedata

entries = []
for code in range(0x110000):
    mapping = unicodedata.decomposition(chr(code))
    if not mapping:
        continue
    parts = mapping.split()
    mark = "~" if parts[0].startswith("<") else "="
    parts = parts[1:] if mark == "~" else parts
    entries.append(f"{code:X}{mark}{','.join(p.lstrip('0') for p in parts)}")

lines, line = [], ""
for entry in entries:
    if len(line) + len(entry) + 1 > 96:
        lines.append(line)
        line = ""
    line += (" " if line else "") + entry
lines.append(line)

print(f"""/// The decomposition mappings of Unicode {unicodedata.unidata_version}, one step each, written by
/// `scripts/unicode_decompositions.py`.
///
/// `A=B,C` is canonical, `A~B` a compatibility mapping; all numbers are hexadecimal.
let unicodeDecompositions: StaticString = \"\"\"""")
for line in lines:
    print("    " + line)
print('    """')
