/** What the operator may set, read from the environment and checked before anything starts. */

import { fail, ok, type Result } from './protocol/result.ts'
import { type ClusterAddress, parseClusterAddress } from './storage/jetstream-address.ts'

export interface Config {
  /** 0 = any free one */
  readonly port: number
  readonly host: string
  /** folder of the store */
  readonly dataFolder: string
  /** NATS servers that keep the store instead of a file here, and on how many of them each message is */
  readonly cluster: ClusterAddress | null
  readonly replicas: number
  /** folder of the built app */
  readonly staticFolder: string
  /** origins under which phones know this relay; empty = whatever address they used */
  readonly origins: readonly string[]
  /** other relays that the app served here may talk to */
  readonly otherRelays: readonly string[]
  /** may anybody found a network here? */
  readonly isOpen: boolean
  /** does a proxy in front name the client in X-Forwarded-For? */
  readonly isBehindProxy: boolean
  /** largest size of the store's file, null = as much as the disk holds */
  readonly maxFileBytes: number | null
  readonly logLevel: string
}

type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

const readNumber = (text: string, name: string, max: number, problems: string[]): number => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  problems.push(`${name} is "${text}", but it must be a whole number from 0 to ${max}.`)
  return 0
}

const readSwitch = (text: string, name: string, problems: string[]): boolean => {
  if (text !== '0' && text !== '1') problems.push(`${name} is "${text}", but it must be 1 (yes) or 0 (no).`)
  return text === '1'
}

const replicaCounts = ['1', '3', '5']

const readReplicas = (text: string, problems: string[]): number => {
  if (!replicaCounts.includes(text))
    problems.push(`TADAMUN_REPLICAS is "${text}", but it must be one of ${replicaCounts.join(', ')}.`)
  return Number(text)
}

const readCluster = (text: string, problems: string[]): ClusterAddress | null => {
  if (text === '') return null
  const address = parseClusterAddress(text)
  if (!address.ok) problems.push(address.error)
  return address.ok ? address.value : null
}

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { origin, protocol } = new URL(text)
  return origin === text && (protocol === 'https:' || protocol === 'http:')
}

const readOrigins = (text: string, name: string, problems: string[]): string[] => {
  const origins = text.split(',').map((part) => part.trim())
  const wrong = origins.filter((origin) => origin !== '' && !isOrigin(origin))
  for (const origin of wrong)
    problems.push(
      `${name} holds "${origin}", but an origin looks like https://tadamun.example, without a path.`,
    )
  return origins.filter((origin) => origin !== '')
}

/** Every problem is one sentence for the operator. */
export const readConfig = (environment: Environment): Result<Config, string[]> => {
  const problems: string[] = []
  const text = (name: string, usual: string): string => environment[name]?.trim() || usual
  const logLevel = text('TADAMUN_LOG', 'info')
  if (!logLevels.includes(logLevel))
    problems.push(`TADAMUN_LOG is "${logLevel}", but it must be one of ${logLevels.join(', ')}.`)
  const maxFileBytes = environment.TADAMUN_MAX_BYTES?.trim()
  const config: Config = {
    port: readNumber(text('PORT', '8787'), 'PORT', 65_535, problems),
    host: text('HOST', '127.0.0.1'),
    dataFolder: text('TADAMUN_DATA', './data'),
    cluster: readCluster(text('TADAMUN_STORE', ''), problems),
    replicas: readReplicas(text('TADAMUN_REPLICAS', '3'), problems),
    staticFolder: text('TADAMUN_STATIC', 'dist'),
    origins: readOrigins(text('TADAMUN_ORIGIN', ''), 'TADAMUN_ORIGIN', problems),
    otherRelays: readOrigins(text('TADAMUN_RELAYS', ''), 'TADAMUN_RELAYS', problems),
    isOpen: readSwitch(text('TADAMUN_OPEN', '1'), 'TADAMUN_OPEN', problems),
    isBehindProxy: readSwitch(text('TADAMUN_PROXY', '0'), 'TADAMUN_PROXY', problems),
    maxFileBytes: maxFileBytes
      ? readNumber(maxFileBytes, 'TADAMUN_MAX_BYTES', Number.MAX_SAFE_INTEGER, problems)
      : null,
    logLevel,
  }
  return problems.length > 0 ? fail(problems) : ok(config)
}
