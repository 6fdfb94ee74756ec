// How long a note can be taken back: pure words for both sides, free of the schema library.

/** Its author may take a note back this long after it was written, ms. */
export const noteUndoMs = 10_000
/** What the way over a bad network may add to it before the server says no, ms. */
export const noteUndoGraceMs = 5000
