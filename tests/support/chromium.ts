/** Finds the Chromium or Chrome of this machine for the browser tests; none is downloaded behind anybody's back. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function knownPaths(): string[] {
  const env = process.env
  if (process.platform === 'darwin')
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]
  if (process.platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'))
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env.PATH ?? '').split(delimiter)]
  return folders.filter(Boolean).flatMap((folder) => names.map((name) => join(folder, name)))
}

/** The program's path: CHROME_PATH if it is set, else the first known place that holds one. */
export function findChromium(): string | undefined {
  const chosen = process.env.CHROME_PATH
  if (chosen) return existsSync(chosen) ? chosen : undefined
  return knownPaths().find((path) => existsSync(path))
}

/** The same engine without windows, extensions and what can be installed, where it is here: two thirds of the work. */
export function findHeadlessShell(): string | undefined {
  if (process.env.CHROME_PATH) return undefined
  const path = '/usr/bin/chromium-headless-shell'
  return existsSync(path) ? path : undefined
}

const optionsFor = (executablePath: string | undefined) => ({
  ...(executablePath && { executablePath }),
  headless: true,
  args: [
    // Containers and CI run as root, where Chromium refuses its sandbox; these tests open only our own pages.
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-gpu',
    '--disable-quic',
  ],
})

/** For `chromium.launch(launchOptions)` of playwright-core: without windows where that is here. */
export const launchOptions = optionsFor(findHeadlessShell() ?? findChromium())

/** The whole browser, for what only it has: whether a page can be installed. */
export const wholeLaunchOptions = optionsFor(findChromium())
