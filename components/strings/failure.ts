// The words of pages that stand for another that cannot be shown. Apart from the others: these pages come with every first load, as code
// of their own, and would bring all words a second and a third time.
export const failureStrings = {
  product: 'Nightshift',
  home: 'Back to the chat',
  tryAgain: 'Try again',
  pageTitle: 'Something went wrong.',
  pageLead: 'Nothing is lost: your conversations are stored, and replies go on without this page.',
  notFoundTitle: 'There is nothing at this address.',
  notFoundLead: 'The conversation may have been deleted, or the link is incomplete.',
  reference: (id: string) => `Reference: ${id}`,
}
