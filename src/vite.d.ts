/** What vite puts into `import.meta.env` beyond its own. */

interface ImportMetaEnv {
  readonly APP_VERSION: string
  readonly BUILT_AT_MS: number
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}

/** Address of the engine's worker, for `new Worker(engineUrl, { type: 'module' })`; given by tools/engine-chunk.ts. */
declare module 'virtual:engine-url' {
  const engineUrl: string
  export default engineUrl
}

/** Shapes (element, attributes) of the icons that are not in index.html, by name; given by tools/sprite.ts. */
declare module 'virtual:later-icons' {
  const laterIcons: Readonly<Record<string, readonly [tag: string, attributes: Record<string, string>][]>>
  export default laterIcons
}
