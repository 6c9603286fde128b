r"""What `quizgen audit` finds in the files that students get."""

MANUAL = r"""
Q570: a student file has a text that only teachers may have.
Found:   words of a rationale, of what is said of an option, of a rubric, of an accepted answer, or of the evidence,
         where students do not read them anyway; in the text, in attributes, comments, scripts and data, in the
         metadata and attachments of a PDF, and in images; as they are, or as entities, escapes, base64, hexadecimal,
         per cent signs, UTF-16, packed, or spelt backwards.
Why:     whoever looks at the source of a page finds in a minute what nobody sees on it.
Example: <span hidden>The plane landed in Taraz, which is a Kazakh city.</span>
Mend:    do not hand the file out. Look at your own templates, and at what else writes to the folder; build again.

Q571: a student file has a name that only the bank knows.
Found:   the id of an item, a passage, an article or an option, as a class, an id, a name in data, a named place of a
         PDF, or in the name of a file. Words that templates or texts have anyway do not count.
Why:     whoever knows the bank, or a key of another form, finds the item again; and ids can be as talkative as a key.
Example: <fieldset data-item="bakiyev-fled-to-kazakhstan">
Mend:    do not hand the file out. Number things instead: letters and numbers are all that a page needs.

Q572: something on a page tells an option from the others.
Found:   an option that is not written as the others of its item are, to the blank and to the attribute; a right option
         that is named where others are not, or once more than they are; the key in a row; data, a comment, a script, a
         style or an attribute that the templates do not have.
Why:     a difference that nobody sees is still one that a script, a screen reader or a search finds.
Example: <label class="option right">
Mend:    do not hand the file out. In a template of your own, treat all options alike; else build again.

Q573: something in print tells an option from the others, or is not to be seen.
Found:   a right option in another font, size or colour than the wrong ones, or in another place; text that is
         invisible, transparent, white, tiny or beside the page.
Why:     text that is selected, copied or read aloud shows what the eye passes over.
Example: the key in white at the foot of the last page
Mend:    do not hand the file out. Look at your own styles and at what else writes to the folder; build again.

Q574: a PDF brings what a printed form has no need of.
Found:   attachments, scripts, form fields, actions, notes, layers, named places or a lock.
Why:     a reader shows them to whoever knows where they are, and printing does not.
Example: manifest.json as an attachment of form-A.pdf
Mend:    do not hand the file out; build again.

Q575: an order tells the key.
Found:   options in another order than in the form; keys that stand in one place more often, or less often, than happens
         once in a million times by chance; files of which the names or sizes are sorted as the key of an item is.
Why:     a rule in the order is learnt, by readers and by machines, and then no item has to be read.
Example: the right option is the first one in 31 of 36 items
Mend:    build again; if that does not help, tell who makes quizgen.

Q576: a file is not for students.
Found:   a file for teachers, a practice page of an exam, or anything that the manifest does not know, in `students`.
Why:     the folder is handed out as a whole.
Example: students/form-A-key.pdf
Mend:    take it out of the folder before you hand that out.

Q577: a student file was changed after it was built.
Found:   a file of `students` with other bytes than at the build.
Why:     nobody knows what is in it now.
Example: form-A.html, saved again by a browser
Mend:    build again with the seed of the manifest.

Q578: a file cannot be searched.
Found:   a PDF that is damaged or locked, a file that is too large, or one that cannot be read.
Why:     what cannot be searched cannot be said to be free of answers.
Example: a form-A.pdf of which the end is missing
Mend:    build again with the seed of the manifest.

Q579: practice pages were not searched.
Found:   a build with --mode practice: its pages have the answers, and say so. Its other files are searched. It is only
         a note.
Why:     nothing is wrong; but nobody should take such a page for one of an exam.
Example: quizgen audit dist/practice
Mend:    for an exam, build with --mode exam.
"""
