/** Colours: both ways into the dark say the same, what is read can be read, and docs/design.md shows each as it is. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../tools/root.ts'

const css = readFileSync(join(root, 'src/components/styles/tokens.css'), 'utf8')
const page = readFileSync(join(root, 'docs/design.md'), 'utf8')

/** Custom properties of the block that begins with `head`. */
const tokensOf = (head: string): Map<string, string> => {
  const start = css.indexOf(head)
  const block = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
}
const light = tokensOf(':root {')
const dark = tokensOf(':root[data-theme="dark"] {')
const isColour = ([, value]: [string, string]) => /^#[0-9a-f]{6}$/.test(value)

/** WCAG 2.2, "relative luminance", of #rrggbb. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
/** WCAG 2.2, "contrast ratio". */
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

test('the dark by the setting is the dark by the wish of the phone', () => {
  expect([...tokensOf(':root:not([data-theme="light"]) {')]).toEqual([...dark])
})

test.each([
  ['ink', ['paper', 'card', 'sunken', 'act-soft', 'wait-soft', 'urgent-soft'], 7],
  ['soft', ['paper', 'card', 'sunken'], 4.5],
  ['act', ['paper', 'card'], 4.5],
  ['act-ink', ['act'], 4.5],
  ['act-strong', ['act-soft'], 4.5],
  ['wait', ['card', 'wait-soft'], 4.5],
  ['urgent', ['card', 'urgent-soft'], 4.5],
  ['urgent-ink', ['urgent'], 4.5],
  ['line-strong', ['card', 'paper'], 3],
] as const)('%s stands out from what it stands on, in both themes', (colour, grounds, least) => {
  for (const tokens of [light, dark])
    for (const ground of grounds)
      expect([ground, contrast(tokens.get(colour) ?? '', tokens.get(ground) ?? '') >= least]).toEqual([
        ground,
        true,
      ])
})

test('docs/design.md shows each colour as it is', () => {
  for (const [name, value] of [...light].filter(isColour))
    expect(page).toMatch(new RegExp(`\\| \`--${name}\` +\\| \`${value}\` +\\| \`${dark.get(name)}\` +\\|`))
})
