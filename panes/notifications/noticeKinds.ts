// What a device may tell of while nobody looks at the page. Each can be switched off; whether any is shown is the browser's permission. Pure.

export const noticeKinds = ['done', 'needs', 'failed'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** On, until it was switched off on this device. */
export const keyOfKind = (kind: NoticeKind): string => `nightshift:notice:${kind}`
export const parseSwitch = (stored: string | null): 'on' | 'off' => (stored === 'off' ? 'off' : 'on')
