// How long a deleted thread can be brought back (ms). All in one place: an offer of the page must not outlive what the database keeps.

/** So long the offer is before somebody's eyes: it stands still while it is pointed at, and while the page is hidden. */
export const undoShownMs = 28_000

/** By the clock on the wall, however long it stood still. */
export const undoOfferedMs = 110_000

/** A press in the last moment counts. Not longer: what runs in the thread goes on until then, and nobody sees it. */
export const removedKeptMs = 120_000
