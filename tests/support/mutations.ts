/** Bytes that are the same in every run: fillings, and changes of valid inputs for the fuzz tests. */
import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'

/** A generator of numbers from 0 up to, not including, `below`: mulberry32 (Tommy Ettinger, public domain). */
export type Random = (below: number) => number

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const fillBytes = (length: number, seed: number): Bytes => {
  const random = randomFrom(seed)
  return Uint8Array.from({ length }, () => random(256))
}

/** 16 bytes as an id's text. */
export const fillId = (seed: number): string => toBase64url(fillBytes(16, seed))
