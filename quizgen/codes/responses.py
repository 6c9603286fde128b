r"""Responses that candidates handed in, against the build that they answer."""

MANUAL = r"""
Q701: this is no response.
Found:   a file among the responses that is something else, is larger than 1 MiB, cannot be read, or was made by another
         version of quizgen.
Why:     a folder of what was handed in may hold anything; nothing of it is guessed.
Example: quizgen open MANIFEST handed-in/essay.docx
Mend:    name the files that end in .qgr, or a folder with them.

Q702: the response is damaged.
Found:   a response that ends too early, has a letter too many, or a field that cannot be; or that says nothing which
         a page would write.
Why:     half a response must not be marked as if the rest had been left blank.
Example: a file that was copied before it was saved whole
Mend:    ask the student for the file as the page saved it. Its receipt tells whether it is the same.

Q703: the response was changed.
Found:   a sealed response of which any byte is not as it was sealed; an unsealed one that does not fit its checksum; or
         one that says another thing outside than inside.
Why:     answers that somebody changed are not the student's. A checksum shows accidents only: who changes an unsealed
         response can make a new one.
Example: a file that somebody opened in an editor and saved
Mend:    ask the student for the file that their receipt is of.

Q704: a response to another quiz.
Found:   a response from a page of another build.
Why:     it has other items, or other keys, at the same numbers.
Example: quizgen open dist/rivers/teacher/manifest.json lakes-A-7G2KQ-9XM4T.qgr
Mend:    name the manifest of the build that the page is of.

Q705: a response to another version of the form.
Found:   a response from a page of this quiz whose items, texts or order were others.
Why:     the letter B would stand for another option than the student chose.
Example: the bank was corrected and built again with the same seed after pages had been given out
Mend:    name the manifest of the build that was given out. Keep the manifest of each.

Q706: the build has no such form.
Found:   a response that names a form, or a candidate, that the manifest does not.
Why:     there is nothing to mark it by.
Example: a response to form C, of a build with --forms 2
Mend:    name the manifest of the build that has the form.

Q707: the response is sealed for somebody else.
Found:   a sealed response that none of the keys given opens; the message names the fingerprints of both.
Why:     what is sealed for one key cannot be opened with another.
Example: a page was built with --seal colleague.pub.pem
Mend:    name the other private key with --key FILE; `quizgen key show FILE` prints the fingerprint of a key.

Q708: the response is sealed, and no key was given.
Found:   a sealed response, and no --key.
Why:     only a private key opens it.
Example: quizgen open MANIFEST handed-in/
Mend:    name the private key: --key teacher.pem. Where it is lost, take its backup.

Q709: the response is not sealed.
Found:   an unsealed response, though the build has its responses sealed.
Why:     anybody can write one, in any name. A page gives one where the browser cannot seal, and says so there.
Example: the page was opened from http:// and not as a file
Mend:    ask the student; if you know whom it is from, take it with --allow-unsealed.

Q710: the response is not from whom it says.
Found:   a response to a candidate's own form without the token that only their page has, or with another name.
Why:     somebody handed in for somebody else, or mixed up their pages.
Example: Bo changed the name in his file to Ann's
Mend:    ask both students for the files that their receipts are of.

Q711: one attempt was handed in twice.
Found:   files of one attempt under several names or for several forms, none of which is taken; or, as a note, the same
         response once more, which counts once.
Why:     an attempt is one person's: one of the files is a copy of the other.
Example: Bo handed in Ann's file with his name
Mend:    ask the students for the files that their receipts are of.

Q712: somebody handed in several times.
Found:   different responses under one name. Only a warning; all of them are listed.
Why:     which of them counts is for a person to say: the last one, the first one, or neither.
Example: a student began again on another computer
Mend:    leave out the files that do not count.

Q713: an answer that the form cannot have.
Found:   an answer to a number that the form does not have, a letter that none of its options has, or more answers than
         there are fields. Only a warning: the rest of the response counts.
Why:     no page writes this, so the page or the file was changed by hand.
Example: "7": ["E"]                   (and question 7 has four options)
Mend:    look at the response; where it matters, ask the student.

Q714: this is no table of responses.
Found:   a CSV file that is empty, is not UTF-8, has no column for a number of the quiz, or two columns for the same.
Why:     by its first row a table says what stands where; nothing of it is guessed.
Example: a list of names without answers
Mend:    name the columns in the first row: id, name, form, and the numbers 1, 2, 3 ...

Q715: a row that is of no form.
Found:   a row of a table that names a form or a candidate that the build does not have, or none.
Why:     the letters of each form stand for other options, so without the form they say nothing.
Example: form C, of a build with --forms 2
Mend:    name the form, or the candidate's id of the roster, in the row.

Q716: a column for a question that no form has.
Found:   a number among the titles of a table that is beyond the last question. Only a warning: the others are read.
Why:     the table may be of another quiz.
Example: a column Q21, of a quiz with 20 questions
Mend:    see that the table is of this quiz.

Q717: this is no sheet of answers to be marked.
Found:   a file of --essays without the columns attempt, item and earned.
Why:     by these the marks find their answers.
Example: a sheet whose first row was deleted
Mend:    take the sheet that `quizgen grade` wrote, and fill in the column `earned`.

Q718: marks for nothing that was handed in.
Found:   a row of a sheet that is of another attempt, or of an item that no person marks.
Why:     marks that find no answer would be lost in silence.
Example: the sheet of another class
Mend:    name all responses that the sheet is of, or take the sheet of these.

Q719: marks that cannot be.
Found:   in a sheet, something that is no number, less than 0 or more than the points of the item, or two marks that
         differ for one answer.
Why:     a slip of the hand is not to become a grade. The answer waits for its marks.
Example: 25 for 2.5
Mend:    write a number from 0 to the points of the item.
"""
