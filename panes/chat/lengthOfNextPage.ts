// How many messages the next page further up has. Each page is followed live, so that whoever reads far back gets few long ones. Pure.

const USUAL_PAGE = 30
/** As long as a page may be: for what is looked for as well, and may be far. */
export const LONGEST_PAGE = 100
/** Messages; who has read so many goes on reading. */
const READING_BACK = 200

export const lengthOfNextPage = (loaded: number): number => (loaded < READING_BACK ? USUAL_PAGE : LONGEST_PAGE)
