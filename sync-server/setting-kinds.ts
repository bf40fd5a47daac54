/** How the text of one setting is read: each kind says what it takes in words that follow "it must be". */

import { fail, ok, type Result } from './protocol/result.ts'
import { type ClusterAddress, parseClusterAddress } from './storage/jetstream-address.ts'

export interface Setting<Value> {
  /** in the environment and in the file alike */
  readonly name: string
  /** what holds when nobody says otherwise, as it would be written; '' = none */
  readonly usual: string
  /** of the number that is written, '' for what is no number */
  readonly unit: string
  /** never repeated when it is wrong */
  readonly isSecret?: true
  /** The failure follows "it must be". */
  read(text: string): Result<Value, string>
}

interface Bounds {
  readonly min: number
  readonly max: number
}

export const wholeNumber = (
  name: string,
  usual: number,
  unit: string,
  { min, max }: Bounds,
): Setting<number> => ({
  name,
  usual: String(usual),
  unit,
  read: (text) =>
    /^\d{1,16}$/.test(text) && Number(text) >= min && Number(text) <= max
      ? ok(Number(text))
      : fail(`a whole number from ${min} to ${max}`),
})

/** Written in seconds, read as ms; `usualMs` too. */
export const seconds = (name: string, usualMs: number, bounds: Bounds): Setting<number> => {
  const inner = wholeNumber(name, usualMs / 1000, 's', bounds)
  return {
    ...inner,
    read(text) {
      const read = inner.read(text)
      return read.ok ? ok(read.value * 1000) : read
    },
  }
}

/** Null when it is not set. */
export const optionalNumber = (name: string, unit: string, bounds: Bounds): Setting<number | null> => {
  const inner = wholeNumber(name, bounds.min, unit, bounds)
  return { name, usual: '', unit, read: (text) => (text === '' ? ok(null) : inner.read(text)) }
}

export const words = (name: string, usual: string): Setting<string> => ({
  name,
  usual,
  unit: '',
  read: (text) => ok(text),
})

export const oneOf = (name: string, usual: string, choices: readonly string[]): Setting<string> => ({
  name,
  usual,
  unit: '',
  read: (text) => (choices.includes(text) ? ok(text) : fail(`one of ${choices.join(', ')}`)),
})

export const yesOrNo = (name: string, usual: '0' | '1'): Setting<boolean> => ({
  name,
  usual,
  unit: '',
  read: (text) => (text === '0' || text === '1' ? ok(text === '1') : fail('1 (yes) or 0 (no)')),
})

/** Guessing 16 characters is hopeless; shorter ones are words. */
const minSecretLength = 16

/** Null when it is not set. */
export const secret = (name: string): Setting<string | null> => ({
  name,
  usual: '',
  unit: '',
  isSecret: true,
  read: (text) => {
    if (text === '') return ok(null)
    return new RegExp(`^[\\x21-\\x7e]{${minSecretLength},}$`).test(text)
      ? ok(text)
      : fail(`at least ${minSecretLength} letters, digits or signs of ASCII, without spaces`)
  },
})

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { origin, protocol } = new URL(text)
  return origin === text && (protocol === 'https:' || protocol === 'http:')
}

/** Web origins, comma between. */
export const originList = (name: string): Setting<readonly string[]> => ({
  name,
  usual: '',
  unit: '',
  read: (text) => {
    const origins = text.split(',').map((part) => part.trim())
    const named = origins.filter((origin) => origin !== '')
    const wrong = named.filter((origin) => !isOrigin(origin))
    if (wrong.length === 0) return ok(named)
    return fail(
      `origins like https://tadamun.example, without a path, comma between (wrong: ${wrong.join(' ')})`,
    )
  },
})

/** Null when the store is a file. May hold a password. */
export const natsServers = (name: string): Setting<ClusterAddress | null> => ({
  name,
  usual: '',
  unit: '',
  isSecret: true,
  read: (text) => (text === '' ? ok(null) : parseClusterAddress(text)),
})
