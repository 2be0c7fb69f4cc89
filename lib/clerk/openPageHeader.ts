/** Set by proxy.ts on requests for pages that anyone may see. Sent by a stranger it does no more than leave Clerk's code out of their own page. */
export const OPEN_PAGE_HEADER = 'x-nightshift-open-page'
