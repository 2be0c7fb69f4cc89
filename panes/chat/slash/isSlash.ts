// Whether what is being written may be a command. Part of the first load: the commands themselves come with the first slash.

export const isSlash = (text: string): boolean => /^\/[^\n]*$/.test(text)
