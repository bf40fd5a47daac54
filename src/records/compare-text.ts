/** The order of two ids: by UTF-16 units, the same on every phone and in every language. */

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
