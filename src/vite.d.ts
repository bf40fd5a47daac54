/** What vite puts into `import.meta.env` beyond its own. */

interface ImportMetaEnv {
  readonly APP_VERSION: string
  readonly BUILT_AT_MS: number
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
