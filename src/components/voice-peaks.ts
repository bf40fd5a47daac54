/** How loud a recording is along the way, as few numbers as a drawing of it needs. */

/** As many as `count`, each the greatest of its stretch, the loudest of all 255. */
export const peaksOf = (levels: readonly number[], count: number): Uint8Array<ArrayBuffer> => {
  const loudest = Math.max(0.02, ...levels)
  const length = Math.min(count, levels.length)
  return Uint8Array.from({ length }, (_, i) => {
    const from = Math.floor((i * levels.length) / length)
    const to = Math.max(from + 1, Math.floor(((i + 1) * levels.length) / length))
    return Math.round((255 * Math.max(...levels.slice(from, to))) / loudest)
  })
}
