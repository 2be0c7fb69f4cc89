/** The models this endpoint lists. Any other id is answered, too. */
export const DEFAULT_ID = 'nightshift-local'
/** Thinks before it speaks. */
export const THINKER_ID = 'nightshift-thinker'
export const modelIds = [DEFAULT_ID, 'nightshift-spare', THINKER_ID]
