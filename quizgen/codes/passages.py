r"""Passages, and what refers to them."""

MANUAL = r"""
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
"""
