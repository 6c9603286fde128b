r"""Blueprints, rosters, the ledger, and builds that are held against their manifest."""

MANUAL = r"""
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
         edition that there is not; a cell without a column; quotation marks that do not match; more than 20,000 rows.
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
