/** The value below which this part of the sorted ones lies, to one digit behind the point; NaN when there is none. */
export const percentile = (sorted: readonly number[], part: number): number => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return Math.round(value * 10) / 10
}
