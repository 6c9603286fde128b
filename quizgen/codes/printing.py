r"""Fonts and templates: what would not be printed as it is meant."""

MANUAL = r"""
Q551: no font has a character.
Found:   a character, or a letter with marks above or below it, that is to be printed and that no font has: none of
         those that come with quizgen, and none in the folder that `fonts` in [print] names. Texts of the items and
         passages of the forms are looked at, texts of the blueprint, and the names of candidates. For a build without
         PDF it is a warning, Q126: a browser has fonts of its own.
Why:     an empty box cannot be answered, and a font that one machine happens to have makes forms differ.
Example: stem: Which of these is 🦀?
Mend:    say it in words, or show it as an image with a text; or put the font that the hint names into a folder and name
         that in quizgen.toml. docs/fonts.md has more.

Q552: an item or a passage cannot be set.
Found:   one for which printing takes more time or memory than it may, or breaks off, while the others can be printed. A
         notice stands in its place; all else is printed.
Why:     one bad item must not cost a class its paper, or a computer its memory. What takes so long was hardly meant for
         paper.
Example: a table of 65,000 cells, or 90,000 accents on one letter
Mend:    make it smaller or simpler; a table or a formula that large can be shown as an image.

Q553: a template cannot be used.
Found:   in a folder of your own templates, what cannot be read as a template, a style sheet or a file of words; a name
         that the page is not given; something that a template may not do; a file that leads out of the folder; a style
         that asks for another file. What paper would pass over in silence is a warning.
Why:     a page that lacks a part can look complete. Templates see what a candidate may see and nothing else, so that a
         template that somebody sends you cannot print the key, read your files or call anybody.
Example: {{ form.head.titel }}
Mend:    the place in the message is exact; docs/templates.md tells what each template is given. To see what is wrong
         before a build: quizgen templates check DIR
"""
