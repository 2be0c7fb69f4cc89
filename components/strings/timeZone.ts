// The words of the field that takes a time zone.
export const timeZoneStrings = {
  name: 'Time zone',
  notOne: 'That is not a time zone. Use a name such as Europe/Paris, or the name of its city.',
  now: (when: string) => `It is ${when} there.`,
}
