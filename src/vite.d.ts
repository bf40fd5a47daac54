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
