// Whether this keyboard has a Command key. Known in the browser alone.
export const isApple = (): boolean => typeof navigator === 'object' && /Mac|iP(?:hone|ad|od)/.test(navigator.platform)
