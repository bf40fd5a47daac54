/**
 * What a joiner shows face to face, as the text of one QR code: `TDM1` and base64url of
 *
 *     65 + 65 bytes  public keys for signing and receiving
 *     64 bytes       the joiner's signature over `cardProof`
 *     varBytes       name, at most 180 bytes of UTF-8: 60 letters of any script
 *     2 bytes        begin of SHA-256 of all before: a card that was cut while pasting is recognised
 */

import { concatBytes, copyBytes, equalBytes, fromBase64url, sha256, toBase64url } from './bytes.ts'
import { read } from './reader.ts'
import { fail, ok, type Result } from './result.ts'
import type { Card } from './statement.ts'
import { Writer } from './writer.ts'

/** The proof is checked where the card is used: `isCardProven`. */
export interface MeetingCard extends Card {
  nickname: string
}

const mark = 'TDM1'
const keyBytes = 65
const signatureBytes = 64
const maxNameBytes = 180
const checkBytes = 2

export const encodeMeetingCard = async (card: MeetingCard): Promise<string> => {
  const body = new Writer()
    .raw(card.signKey)
    .raw(card.receiveKey)
    .raw(card.proof)
    .varText(card.nickname)
    .bytes()
  return mark + toBase64url(concatBytes(body, (await sha256(body)).slice(0, checkBytes)))
}

/** Also with what a chat put round it. */
export const decodeMeetingCard = async (text: string): Promise<Result<MeetingCard, 'broken'>> => {
  const code = /(?:^|[^\w-])TDM1([\w-]{200,600})(?![\w-])/.exec(text)?.[1]
  const bytes = code === undefined ? null : fromBase64url(code)
  if (!bytes || bytes.length <= checkBytes) return fail('broken')
  const body = copyBytes(bytes.subarray(0, -checkBytes))
  if (!equalBytes((await sha256(body)).slice(0, checkBytes), bytes.subarray(-checkBytes)))
    return fail('broken')
  const parsed = read(body, (reader) => {
    const card = {
      signKey: reader.take(keyBytes),
      receiveKey: reader.take(keyBytes),
      proof: reader.take(signatureBytes),
      nickname: reader.varText(maxNameBytes),
    }
    reader.end()
    return card
  })
  return parsed.ok ? ok(parsed.value) : fail('broken')
}
