r"""The manual pages of all codes that are raised outside `checks/`: `quizgen explain CODE` prints them.

A check's page is the docstring of the check. What is found while a file is read is found in many places, so its pages
stand here, one after the other, with an empty line between two.
"""

_MANUAL = r"""
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

Q303: there is no such passage.
Found:   an item's `passage:` that names no passage of its file.
Why:     the item would be printed without what it asks about.
Example: passage: tide            (the passage is called tides)
Mend:    the hint names the nearest id; or add the passage.

Q320: paragraphs of no text.
Found:   a passage with `paragraphs:` where the article names no `text_file:`, or with a `text:` of its own as well.
Why:     nobody can tell which words the passage consists of.
Example: passages: [{id: tides, paragraphs: 1-2}], and no `text_file:` under `article:`
Mend:    name the file under `article:`, or write the text out and take `paragraphs` away.

Q321: the article's text is not here.
Found:   a `text_file:` that is not in the bank file's folder. `check` says so and goes on; `build` needs the words.
Why:     a text that must not be published stays out of the repository, and its bank can be checked all the same, but
         for what needs the words of its passages: evidence, reading ease, copied stems.
Example: text_file: harbour.txt, in a folder without that file
Mend:    put the file there, and build again.

Q322: there is no such paragraph.
Found:   a passage's `paragraphs:` with a number beyond the end of the article's text.
Why:     the text became shorter, or the numbers were miscounted; words of the passage are missing.
Example: paragraphs: 12-14         (and the text has 13)
Mend:    count again: paragraphs are separated by empty lines.

Q323: nothing says which text the bank was written for.
Found:   a `text_file:` without a `text_sha256:`.
Why:     who has another edition of the text would not notice that passages begin elsewhere and quotations are gone.
Example: article: {text_file: harbour.txt}
Mend:    add the `text_sha256:` of the hint; `quizgen check --fix` writes it.

Q324: the text is not the one that the bank was written for.
Found:   a `text_file:` whose SHA-256 is not the recorded `text_sha256:`.
Why:     passages are cut from it by numbers: after an edit, every passage may begin and end elsewhere.
Example: a line that was added to harbour.txt
Mend:    restore the file; or, if the edit was meant, read the items once more and record the new SHA-256 of the hint.

Q325: there is no such enemy.
Found:   an entry of an item's `enemies:` that is the id of no other item of its article.
Why:     two items of which one gives the other away would come to stand in one form.
Example: enemies: [tied]          (the item is called tide)
Mend:    the hint names the nearest id.

Q390: the passage was edited here.
Found:   with `check --since REV`: an item whose evidence stands in a paragraph that reads differently since the
         revision, or stands nowhere any more; and every item without evidence on an edited passage. It is a note:
         nothing is wrong.
Why:     an edit can leave the quoted words as they were and still change what they mean, or what the distractors are.
Example: "boats lie on the mud" stands still, and the sentence before it now speaks of another harbour
Mend:    read the item once more beside its passage.

Q501: more of something is asked for than there is.
Found:   a demand of a blueprint that the bank cannot meet, whatever else is asked for: more items, or more of a kind.
Why:     a form that has less than it should would not be noticed before it is printed.
Example: difficulty: {hard: 8}    (and the bank has 5)
Mend:    one of the ways that the hint names; each was tried out.

Q502: there is no such name.
Found:   an article, a passage, an item or a tag in a blueprint that the bank does not have; or a name that two have.
Why:     the quiz would not be about what it should be about.
Example: articles: [harbor]       (the article is called harbour)
Mend:    the hint names the nearest; or name the folder that has the article.

Q503: the points cannot be reached.
Found:   a blueprint's `points:` that no choice of items has together.
Why:     forms that are nearly right would have to be graded in another way.
Example: points: 25               (and every item has 2)
Mend:    ask for one of the sums that the hint names.

Q504: the time is too short, or too long.
Found:   a blueprint's `minutes:` that no form takes: passages are read at 200 words a minute, and an item takes half a
         minute to ten, by its type, unless `pace:` says something else.
Why:     what was not reached for lack of time says nothing of how well somebody reads (adults read 238 words of
         non-fiction a minute: Brysbaert 2019, doi:10.1016/j.jml.2019.104047; pupils fewer).
Example: minutes: 5               (for passages of 1,000 words and more)
Mend:    give the time that the hint names.

Q506: demands that cannot all be met.
Found:   the smallest set of a blueprint's demands that no form meets together, though each fewer could be met.
Why:     a form that silently lacks something would be another test than the one that was planned. Each of the ways
         that the hint names was tried out, and is enough by itself for this conflict.
Example: items: 12
         passages: 2
         per_passage: 4
Mend:    one of the ways that the hint names.

Q507: no form was found.
Found:   demands for which the search gave up: it neither found a form nor showed that there is none.
Why:     exact sums of many different points or minutes can take longer to decide than anybody waits.
Example: points: 17.93            (of 300 items with points such as 1.07 and 2.93)
Mend:    ask for a range, points: 17-18; or for fewer exact things at once.

Q508: runs of one letter that are too long.
Found:   a blueprint's `max_run:` that no order of options keeps to, mostly because true/false items follow each other.
Why:     keys that are balanced by rule can be guessed from the rule (Bar-Hillel & Attali 2001), so it is asked for only
         where somebody wants it, and is then kept.
Example: max_run: 1
Mend:    allow longer runs, or take the key out.

Q509: there are not so many different forms.
Found:   more forms than the bank has, as different from each other and as like in difficulty as the blueprint says.
Why:     to share items in silence would undo what different forms are for.
Example: overlap: none            (three forms of 30 items from a bank of 72)
Mend:    ask for fewer forms or shorter ones, allow them to share what the hint says, or write more items.

Q510: the roster cannot be used as it is.
Found:   a roster without the column `id`, or with a title twice; an id that is missing, cannot name a file, or stands
         twice (capitals do not count); a name that cannot be printed on a line; extra time that is not in per cent; an
         edition that is not a word; a cell without a column; quotation marks that do not match; more than 20,000 rows.
Why:     a form would go to the wrong person, take the place of another's file, or give the wrong time.
Example: 7b-02,Bo,+10 min
Mend:    what the hint says; 25% is a quarter more of the working time. Put a name that has a comma in quotes.

Q511: the seats do not fit the roster.
Found:   fewer seats than candidates; or a seat map with an id that the roster does not have, one that stands twice, or
         candidates without a seat.
Why:     neighbours get forms that share little, which takes knowing who sits where.
Example: --seats 4x5                  (and the roster has 22 candidates)
Mend:    give a larger room; or put every id of the roster into one cell, and leave empty seats empty.

Q520: a line of the ledger that cannot be read.
Found:   a line without a date, a class, a quiz, a build and an item, or one that a merge left behind.
Why:     a line that is passed over lets a class see an item again that it knows.
Example: 2026-11-24 7B rivers 1a2b3c4d rivers/sea       (single spaces: a class may have one in its name)
Mend:    two spaces or a tab between the five; after a merge, keep the lines of both sides.

Q521: the bank is worn out.
Found:   fewer items that a class has not seen than another form of this size needs. Only a warning.
Why:     whoever has met an item before shows memory of the answer rather than reading.
Example: a bank of 20 items, of which 7B has seen 15; a form has 8
Mend:    write more items, or let old ones come again: `avoid: seen by 7B since 2026-01-01`.

Q530: a file of a build is not what was built.
Found:   a file that is missing or has other bytes, or that comes out differently when it is built again. A note names
         files that are not of the build.
Why:     a key that does not belong to its form marks right answers wrong.
Example: somebody changed teacher/form-A-key.html by hand
Mend:    build again with the seed of the manifest; where files come out differently, see Q531, Q532 and Q533.

Q531: a bank file changed since the build.
Found:   a bank file, or an image or a text beside it, that is not there or has other bytes than at the build.
Why:     nothing can be built again from another bank, and nothing is tried.
Example: an option was reworded after the quiz was printed
Mend:    take the file as it was from version control, and name it with --bank PATH.

Q532: a template changed since the build.
Found:   a template, a style or a font that a build may read and that is not the one it had. A new one is a warning.
Why:     pages may come out differently, though items and keys are the same.
Example: templates/key.css was edited
Mend:    put the template back as it was, or build again.

Q533: another version than at the build.
Found:   another version of quizgen, or of a library that sets its pages. Only a warning.
Why:     where files come out differently, this is the likely cause.
Example: built with weasyprint 70.0, here is 70.1
Mend:    install the version that is named, if Q530 says that files come out differently.

Q534: the manifest is not as it was written.
Found:   a manifest that cannot be read, whose bytes do not fit its audit trail, or that tells of other forms than come
         out when it is built again.
Why:     grading obeys the manifest: one wrong letter in it marks a class wrong.
Example: a key that was changed in manifest.json; `quizgen errata` is for that
Mend:    take it from where you keep it, or build again with the same seed.

Q540: a correction that cannot be meant.
Found:   an item, an option or a form that the build does not have, a letter that may be several, an item that has no
         options, or what is right already. Nothing is written.
Why:     a wrong correction is worse than a wrong key.
Example: quizgen errata MANIFEST --rekey sea=B --reason ...       (B is another option on each form)
Mend:    the hint names the nearest; write the option's id or text, or say with --form whose letter it is.
"""

PAGES: dict[str, str] = {page[:4]: page.replace("\n", "\n\n", 1) for page in _MANUAL.strip().split("\n\n")}
"""Code -> its manual page: a title, an empty line, what it finds, why it matters, an example, what to write instead."""
