"""What characters an article keeps."""

import re

# Control characters, which no reader can see; non-characters; soft hyphens, which would hide a word from a search.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ufeff\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """The text with `\\n` at the ends of its lines, without control characters and soft hyphens. A form feed stays."""
    return _DROPPED.sub("", _LINE_END.sub("\n", text))
