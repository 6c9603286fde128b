r"""Whether records and items are sound."""

MANUAL = r"""
Q101: there is nothing in the file.
Found:   a file without any key: empty, only comments, or only a text or a list.
Why:     a bank file starts with its article, a blueprint with its quiz.
Example: a file that holds nothing but a comment
Mend:    begin with `article:` (a bank file) or `quiz:` (a blueprint), or take the file out of the folder.

Q102: an unknown key.
Found:   a key that has no meaning where it stands: misspelt, moved to the wrong level, or of another type of item.
Why:     a key that is passed over in silence is a wish that is not granted, and nobody notices.
Example: anwser: On the mud
Mend:    the hint names the nearest key, or all that can stand there.

Q103: a key is missing.
Found:   an article, passage, item or option without something that it cannot do without.
Why:     nothing sensible can be put in its place.
Example: an item without `stem:`
Mend:    add the key. docs/bank.md lists what each record needs.

Q104: a value of the wrong kind.
Found:   a text where a list belongs, a word where a number belongs, and the like.
Why:     it cannot be used as it is, and there are several ways to mend it.
Example: distractors: In deep water
Mend:    a list is [one, two] or has a dash before each entry; a number has a point before its decimals: 12.5.

Q105: a word that is not on the list.
Found:   another word where only certain words can stand: `type`, `skill`, `difficulty`, `pinned`, `ignore`, `language`.
Why:     these words steer what is printed and how answers are compared.
Example: type: multiple-choice
Mend:    take one of the words that the hint names.

Q106: an empty text.
Found:   a key, an entry of a list or a prompt without a text.
Why:     it would be printed as a gap that nobody can explain.
Example: rationale:
Mend:    write the text; or take the key out, where it may be left out.

Q107: a name that cannot be an id.
Found:   an `id:` with something else in it than lower-case letters, digits and single hyphens, or of more than 80.
Why:     an id becomes a part of file names and addresses, and must be the same on every computer.
Example: id: Low water
Mend:    write low-water. What readers see is the title or the stem, never the id.

Q108: an id is used twice.
Found:   two items or two passages of an article with one id, or two articles of a bank with one id.
Why:     results, keys and passages are found by these names; with two of a name, one would get what is the other's.
Example: two items that both say `id: low-water`
Mend:    rename one of them. Rename the newer one, if results of the older one exist already.

Q109: a number is out of range.
Found:   a number below the least or above the greatest that can stand there.
Why:     no points cannot be shared out, and a thousand lines cannot be printed.
Example: points: 0
Mend:    the hint names the bound.

Q110: a text that YAML reads as something else.
Found:   a text that has become a key and a value (by a colon and a space), or a list (by brackets), or that has lost
         what stood after its comma (in braces).
Why:     the author meant a text, and to guess which one would be to invent it.
Example: - {text: Turkey, why: It was a rumour, no more}
Mend:    put the whole text in quotes: "It was a rumour, no more".

Q112: a bank without items.
Found:   a bank file that has no `items:`, or none under it.
Why:     there is nothing to ask.
Example: items: []
Mend:    add an item; or take the file out of the folder.

Q120: an image without a text.
Found:   an image with nothing between its square brackets.
Why:     a reader who cannot see it, or whose page does not load it, has only these words (WCAG 2.2, 1.1.1).
Example: ![](pier.png)
Mend:    say what it shows, without giving the answer away: ![A pier at low water](pier.png).

Q121: an image cannot be had.
Found:   an image that is not there, cannot be opened, or lies outside of the bank file's folder.
Why:     a bank must be whole when its folder is copied, and must not bring other files of a computer along.
Example: ![A pier](../pictures/pier.png)
Mend:    copy the image beside the bank file, or into a folder there, and name it from there.

Q122: an image cannot be used.
Found:   a file that is no PNG, JPEG, WebP or GIF image, or one of more than 10 MiB or 25 million pixels.
Why:     not every browser and printer can show it, or it would take them too long.
Example: ![A pier](pier.tiff)
Mend:    save it as PNG or JPEG, not larger than a page needs: 2000 pixels wide is plenty.

Q123: a formula cannot be set.
Found:   TeX with a mistake in it, or with a command that the screen or the printer does not know.
Why:     half a formula is a wrong formula.
Example: \(\frac{1}\)
Mend:    complete it, \(\frac{1}{2}\); or say it with the commands of ordinary school mathematics.

Q124: a formula is never closed.
Found:   \( without \), or $$ without another $$.
Why:     where the formula should end cannot be guessed.
Example: the area is \(a \cdot b
Mend:    close it, \(a \cdot b\); or write a backslash before the sign, if it is to be seen as it is.

Q125: an address that leads nowhere.
Found:   a link, or the `url:` of a source, that is no web address; a link may be a mail address too.
Why:     on paper and in a saved page only a whole address can be followed; others may run a program.
Example: [the guide](guide.html)
Mend:    write the whole address: [the guide](https://example.org/guide.html).

Q127: too many marks in a text.
Found:   a text with more than 2,000 signs that mean something to a reader of Markdown: asterisks, brackets, pipes,
         backslashes, empty lines.
Why:     it was hardly written by a person; and with so many, a page would take very long to make.
Example: a table of 400 rows
Mend:    divide the text, or show a large table as an image.

Q128: too long a title.
Found:   a title, a heading or a part of a credit with more than 500 characters.
Why:     it stands at the head of every page, or in one line at its foot, and leaves no room for the quiz.
Example: a whole paragraph as `title:`
Mend:    shorten it; what is to be read belongs into a passage.

Q190: an ignore comment that silences nothing.
Found:   `# quizgen: ignore[...]` where none of its codes is reported.
Why:     the fault was mended and the comment forgotten; it would hide the next one.
Example: answer: On the mud  # quizgen: ignore[Q410] the other options cannot be longer
Mend:    take the comment out; `quizgen check --fix` does so.

Q191: a faulty ignore comment.
Found:   `# quizgen: ignore` without a code, without a reason, with a code that there is not, or beside an error.
Why:     what is hidden must be said, and why: the next reader cannot ask. An error cannot be hidden, since a build
         relies on what it says.
Example: # quizgen: ignore
Mend:    write `# quizgen: ignore[Q412] the article itself says always`.

Q199: more diagnostics than are shown.
Found:   a file with more than a hundred diagnostics; the first hundred are shown.
Why:     one slip can make a hundred faults, and nobody reads a thousand.
Example: a bank that was exported by another program, without rationales
Mend:    mend the first ones and check again; `--select` shows one kind at a time.

Q201: the answer is not one of the options.
Found:   an `answer:` of a true_false item that is neither true nor false.
Why:     an answer that cannot be picked earns nobody a point.
Example: answer: perhaps
Mend:    write true or false; make it multiple_choice where there is more to choose from.

Q202: the right answer stands among the wrong ones.
Found:   a distractor with the same text as an answer, or as the match of a prompt.
Why:     who picks it would be right and wrong at once.
Example: answer: On the mud, and distractors: [On the mud, In deep water]
Mend:    take it out of the distractors, or word one of them differently.

Q203: the same text twice.
Found:   two options, entries, prompts or accepted answers that a reader cannot tell apart. Where accepted answers
         are compared without upper case, "Mud" and "mud" are the same.
Why:     one of them is right and its twin is wrong, or it is there for nothing.
Example: distractors: [In deep water, In deep water]
Mend:    take one out, or word it differently.

Q204: too few entries.
Found:   a list or mapping with fewer entries than its item needs: one distractor, two pairs, two entries in order.
Why:     there would be nothing to choose, to match or to put in order.
Example: sequence: [high water]
Mend:    add entries; or choose another type of item.

Q206: a cloze without a gap.
Found:   a cloze `text:` in which there is no {{gap}}.
Why:     there would be nothing to fill in.
Example: text: The boats lie on the mud.
Mend:    put the words that are to be found between double braces: The boats lie on the {{mud}}.

Q207: a faulty gap.
Found:   a gap without an answer in it, or double braces that are opened and not closed, or the other way round.
Why:     nobody can tell what is to be filled in.
Example: text: The boats lie on the {{mud}.
Mend:    two braces on either side and an answer between them: {{mud}}, or {{mud|the mud}}.

Q208: nothing of an accepted answer is left to compare.
Found:   an answer made up of punctuation only, where `ignore` has `punctuation` in it.
Why:     what does not matter is taken away before answers are compared; here nothing is left, so any blank would do.
Example: answers: ["?"]   and   ignore: [punctuation]
Mend:    take punctuation out of `ignore`, or write an answer with a letter or a digit in it.

Q209: these options have no ascending order.
Found:   `order: ascending` in an item with an option that is no number, date, time or duration, or with two units.
Why:     options that are put in order by size must have sizes that can be compared.
Example: order: ascending, with answer: 1931 and distractors: [1870, never]
Mend:    take `order` out; or write all options as quantities of one kind: 5 km, 10 km, 20 km.

Q210: the rubric does not sum up.
Found:   criteria whose points are together more or less than the item's, or some with points and some without.
Why:     two people who mark by it would come to different results.
Example: points: 4, with rubric: [{text: It names both piers., points: 3}]
Mend:    change the points of the item or of the criteria; or give none of them points.
"""
