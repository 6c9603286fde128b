r"""Whether a file can be read at all."""

MANUAL = r"""
Q001: this cannot be read as YAML.
Found:   a line that breaks the rules of YAML; the message names the rule. Nothing behind it was read.
Why:     a reader that guessed would sooner or later guess another text than the author's.
Example: stem: Note: the boats lie on the mud
Mend:    put the text in quotes, "Note: the boats lie on the mud"; close what is open; or mend the indentation.

Q002: a key stands twice in one mapping.
Found:   the same key a second time in one item, passage, option or article.
Why:     only one of the two can count, and YAML does not say which.
Example: {text: Turkey, why: a rumour, why: nobody knows}
Mend:    take one of the two out.

Q003: an anchor or an alias.
Found:   a value that starts with & or *. YAML takes `&name` for an anchor and `*name` for a reference to it.
Why:     mostly it is a text that was meant to have this character; and a few anchors that refer to each other can
         fill the memory of a computer.
Example: answer: *mud
Mend:    put the text in quotes, "*mud"; or write the value out where it is needed.

Q004: a merge key.
Found:   `<<:`, by which YAML copies keys from somewhere else.
Why:     a reader of the item should see all of it.
Example: <<: {points: 2}
Mend:    write the keys out.

Q005: a tag.
Found:   a value that starts with an exclamation mark, which YAML takes for the name of a type.
Why:     every value here is the text that was typed, so there is nothing for a tag to say.
Example: answer: !important detail
Mend:    put the text in quotes, "!important detail"; or take the tag out.

Q006: a second document in one file.
Found:   a line of three dashes after the first document.
Why:     a file holds one article; what stands behind the line would never be asked.
Example: ---
Mend:    put the second article in a file of its own; or take the line out.

Q007: too many levels.
Found:   lists or mappings inside each other, more than 32 deep. Nothing behind them was read.
Why:     a bank needs six levels. More are a slip, or made to wear a program out.
Example: items: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ ...
Mend:    take the brackets out, or put the text in quotes.

Q008: the file is too large.
Found:   a file of more than 16 MiB, 500,000 lines or 200,000 values, or with a line of more than a million characters;
         or an article's text file of more than 2 MiB.
Why:     no article with its items is so large; a program that tried would keep everyone waiting.
Example: a recording or an archive with a name that ends in .yaml
Mend:    split it, one file per article; or name the right file.

Q009: the file is not UTF-8.
Found:   a byte that cannot stand in a UTF-8 text. Mostly an older program saved an é or a – in its own way.
Why:     the same byte is another letter on another computer.
Example: a file that was saved as Windows-1252 or Latin-1
Mend:    save it again and choose UTF-8 as the encoding.

Q010: a tab in the indentation.
Found:   a line that YAML cannot read, with a tab before its first word.
Why:     tabs are of different width in different editors, so YAML counts spaces only.
Example: a line that was moved to the right with the tab key
Mend:    replace the tab with spaces; most editors can do so for the whole file.

Q011: a control character.
Found:   a character that no reader can see and no printer can print, often pasted along from a PDF or a terminal; or
         its escape in double quotes.
Why:     it can garble a page or a terminal, and two texts that look equal would differ.
Example: stem: "Where are the boats?\x07"
Mend:    delete it: the place in the message is exact, even if an editor shows nothing there.

Q012: the file cannot be read.
Found:   a name behind which there is no file that can be opened.
Why:     a quiz without one of its files would be another quiz.
Example: a folder called tides.yaml
Mend:    name a YAML file, or a folder of them; and see that you may read it.

Q013: a key that is not a text.
Found:   a list, a mapping or an alias where a key should stand. Mostly a text that starts with a bracket or a brace.
Why:     keys are names; YAML alone would take anything for one.
Example: text: {{Boats}} lie on the mud.
Mend:    put the text in quotes: "{{Boats}} lie on the mud."

Q014: a text, a list or a mapping is too long.
Found:   a text of more than 100,000 characters, or more than 200 entries in one list or mapping; of `items` and
         `passages` more than 20,000. Nothing behind it was read.
Why:     nobody could answer an item with so many options, or would read so long a text beside its items.
Example: tags: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, ...
Mend:    divide a long text into passages, and many items into several files.
"""
