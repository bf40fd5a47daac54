/** Reads what the operator set, from the environment and a file, and checks all of it before anything starts. */

import { readFileSync } from 'node:fs'
import { fail, ok, type Result } from './protocol/result.ts'
import type { Setting } from './setting-kinds.ts'
import { type Config, settings } from './settings.ts'

type Texts = Readonly<Record<string, string | undefined>>

/** Names the file where the command line names none. */
export const configFileSetting = 'TADAMUN_CONFIG'

const names = Object.values(settings).map(({ name }) => name)
const ownPrefix = 'TADAMUN_'

const unknownName = (name: string, where: string): string =>
  `${name} in ${where} is no setting of this relay: it must be one of ${names.join(', ')}.`

/** A list is written with commas, a switch as 1 or 0. */
const textOf = (value: unknown): string | null => {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(',')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

const textsOfFile = (found: object, path: string): Result<Texts, string[]> => {
  const problems: string[] = []
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(found)) {
    const text = textOf(value)
    if (!names.includes(name)) problems.push(unknownName(name, path))
    else if (text === null)
      problems.push(`${name} in ${path} must be a text, a number, true, false or a list of texts.`)
    else texts[name] = text
  }
  return problems.length > 0 ? fail(problems) : ok(texts)
}

/** One JSON object, with the names that the environment has. */
const readConfigFile = (path: string): Result<Texts, string[]> => {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    return fail([
      `${path} cannot be read as JSON: ${cause instanceof Error ? cause.message : String(cause)}.`,
    ])
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    return fail([`${path} must hold one JSON object, like {"PORT": 8787}.`])
  return textsOfFile(found, path)
}

const notMore = (less: Setting<number>, lessValue: number, more: Setting<number>, moreValue: number) =>
  lessValue <= moreValue
    ? []
    : [`${less.name} is "${lessValue}", but it must not be more than ${more.name} (${moreValue}).`]

/** What no setting can say of itself. */
const contradictions = (config: Config): string[] => {
  const { maxSockets, maxConnections, deviceBytes, networkBytes, idleMs, requestTimeoutMs } = config
  const room = settings.maxConnections
  return [
    // live sockets alone may not take all connections: else none is left to exchange
    ...(maxSockets < maxConnections
      ? []
      : [
          `${settings.maxSockets.name} is "${maxSockets}", but it must be less than ${room.name} (${maxConnections}).`,
        ]),
    ...notMore(settings.deviceBytes, deviceBytes, settings.networkBytes, networkBytes),
    ...notMore(settings.idleMs, idleMs / 1000, settings.requestTimeoutMs, requestTimeoutMs / 1000),
  ]
}

const readSettings = (textFor: (name: string) => string): Result<Config, string[]> => {
  const problems: string[] = []
  const read = (setting: Setting<unknown>): unknown => {
    const text = textFor(setting.name) || setting.usual
    const value = setting.read(text)
    if (value.ok) return value.value
    const shown = setting.isSecret ? 'something else' : `"${text}"`
    problems.push(`${setting.name} is ${shown}, but it must be ${value.error}.`)
    return null
  }
  // `read` gives what each setting's own kind gives
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => [key, read(setting)]),
  ) as unknown as Config
  if (problems.length === 0) problems.push(...contradictions(config))
  return problems.length > 0 ? fail(problems) : ok(config)
}

/** The environment wins over the file. Every problem is one sentence for the operator. */
export const readConfig = (environment: Texts, namedFile?: string): Result<Config, string[]> => {
  const path = namedFile ?? (environment[configFileSetting]?.trim() || undefined)
  const file = path === undefined ? ok({}) : readConfigFile(path)
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith(ownPrefix) && name !== configFileSetting && !names.includes(name),
  )
  const inFile: Texts = file.ok ? file.value : {}
  const config = readSettings((name) => environment[name]?.trim() || inFile[name]?.trim() || '')
  const problems = [
    ...(file.ok ? [] : file.error),
    ...unknown.map((name) => unknownName(name, 'the environment')),
    ...(config.ok ? [] : config.error),
  ]
  return config.ok && problems.length === 0 ? config : fail(problems)
}
