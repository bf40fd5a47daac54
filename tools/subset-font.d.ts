/** What tools/font.ts uses of subset-font, which brings no types of its own. */
declare module 'subset-font' {
  interface Options {
    targetFormat?: 'sfnt' | 'woff' | 'woff2'
    /** kept ranges of a variable font's axes, or a number that fixes one */
    variationAxes?: Record<string, number | { min: number; max: number; default?: number }>
    /** OpenType features that stay, all others go; without it all stay */
    keepFeatures?: string[]
    noHinting?: boolean
  }
  /** The font with only what `text` needs. */
  export default function subsetFont(font: Uint8Array, text: string, options: Options): Promise<Uint8Array>
}
