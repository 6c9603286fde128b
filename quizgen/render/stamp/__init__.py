"""The typesetter of many forms: what they have in common is laid out once, and stamped on each form's pages.

A form differs from the next in order only. So WeasyPrint lays out one form that holds everything (`union`), on an
endless page; the page is cut into pieces (`cutting`), which are drawn once each (`drawing`); each form's pages are
broken (`breaking`), composed of placed pieces (`composing`, `press`) and bound to a file (`binding`, `writing`).
Variable-data printing does the same (PDF/VT, ISO 16612-2).
"""
