/** How the app is built: one page, one engine worker, one service worker, one chunk for each language. */

import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import packageJson from './package.json' with { type: 'json' }
import { sortAppFiles } from './tools/app-files.ts'
import { backgroundScriptPlugin } from './tools/background-script.ts'
import { engineChunk } from './tools/engine-chunk.ts'
import { languagePreload } from './tools/language-preload.ts'
import { plainPrivates } from './tools/plain-privates.ts'
import { recordChunks, separateRecords } from './tools/record-chunks.ts'
import { screenChunks } from './tools/screen-chunks.ts'
import { iconSprite } from './tools/sprite.ts'
import { manifest } from './tools/web-manifest.ts'

const sharedWithEngine =
  /vite\/preload-helper|\/node_modules\/(dexie|lib0)\/|\/src\/storage\/(?!outbox|mirror|opfs)|\/src\/records\/row-format|\/src\/engine\/initial-status|\/sync-server\/protocol\/(?!meeting-card|roster|statement|wraps|does-count|update|gate|entry|digest|exchange|token|verify|live|any)/
const onlyInWindow =
  /\/src\/(app|screens|components|hooks|i18n)\/|\/node_modules\/(preact|@preact|preact-iso|i18next)\//

const checkout = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')

/** Its words stand in index.html; the others' are asked for by public/own-language.js. */
const firstLanguage = 'ar'
const otherLanguages = ['ckb', 'en', 'fr']

const define = {
  'import.meta.env.APP_VERSION': JSON.stringify(packageJson.version),
  // a phone that never met a relay knows at least that it is later than this (PROTOCOL.md, "Clock")
  'import.meta.env.BUILT_AT_MS': JSON.stringify(
    Number(process.env.SOURCE_DATE_EPOCH ?? 0) * 1000 || Date.now(),
  ),
}

export default defineConfig({
  define,
  resolve: {
    // two copies of Yjs break `instanceof`
    dedupe: ['yjs', 'lib0'],
    alias: [
      // the package's default is its ES5 build for the sake of `require`; ours is the same code for present browsers
      { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' },
      // Yjs warns through it: the one for browsers draws into a page, which a worker has not
      {
        find: /^lib0\/logging$/,
        replacement: fileURLToPath(new URL('node_modules/lib0/logging.node.js', import.meta.url)),
      },
    ],
  },
  plugins: [
    preact(),
    engineChunk(),
    separateRecords(),
    plainPrivates(),
    iconSprite(),
    languagePreload(firstLanguage, otherLanguages),
    backgroundScriptPlugin(define),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/service-worker',
      filename: 'sw.ts',
      injectRegister: false,
      includeAssets: [],
      includeManifestIcons: false,
      manifest,
      injectManifest: {
        // nobody is live without a link: a phone on a slow one never fetches it
        globIgnores: ['assets/live-rooms-*.js'],
        globPatterns: [
          'index.html',
          'take-invite.js',
          'own-language.js',
          'assets/**/*.{js,css,woff2}',
          'icons/{icon.svg,any-192.png}',
        ],
        manifestTransforms: [
          (files) => ({ manifest: sortAppFiles(files, [firstLanguage, ...otherLanguages], firstLanguage) }),
        ],
        rollupFormat: 'iife',
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    // syntax that any browser with module workers reads; what is missing beyond syntax is said in words by app/browser-check.ts
    target: ['chrome100', 'safari15.4', 'firefox114'],
    license: { fileName: 'licenses.md' },
    // no inline script or style: the content security policy forbids both, and data: URLs
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // what the engine loads later, it loads in a worker: there is no document to preload into
      resolveDependencies: (_url, dependencies, { hostId }) => (/\/engine-/.test(hostId) ? [] : dependencies),
    },
    rolldownOptions: {
      output: {
        // on a slow link each file costs a round trip: what page and engine share is one, what else the first screens
        // need another, what later screens share a third
        codeSplitting: {
          groups: [
            { name: 'base', test: sharedWithEngine, minShareCount: 2 },
            ...recordChunks(checkout),
            { name: 'first', tags: ['$initial'], test: onlyInWindow },
            ...screenChunks(checkout),
            // camera and codes: only for those who meet face to face or make a link
            {
              name: 'codes',
              test: /\/node_modules\/uqr\/|\/components\/qr-|\/sync\/qr-|\/scan-or-paste|\/role-choice|\/four-words/,
            },
            { name: 'parts', test: /\/src\/(?!engine\/|crypto\/|sync\/)|\/node_modules\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
})
