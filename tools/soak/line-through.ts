/** A straight line through samples by least squares. */

export interface Sample {
  /** seconds */
  atS: number
  value: number
}

/** `perS` is what the value grows by in a second, `mean` its mean; both NaN without two moments. */
export const lineThrough = (samples: readonly Sample[]): { perS: number; mean: number } => {
  const count = samples.length
  const meanS = samples.reduce((sum, { atS }) => sum + atS, 0) / count
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / count
  let [together, alone] = [0, 0]
  for (const { atS, value } of samples) {
    together += (atS - meanS) * (value - mean)
    alone += (atS - meanS) ** 2
  }
  return { perS: together / alone, mean }
}

/** By how many percent of its mean the line rises from the first sample to the last. */
export const driftPercent = (samples: readonly Sample[]): number => {
  const { perS, mean } = lineThrough(samples)
  const seconds = (samples.at(-1)?.atS ?? 0) - (samples[0]?.atS ?? 0)
  return Math.round(((perS * seconds) / mean) * 1000) / 10
}
