/** The body of `POST /v1/code`: a box is laid down under the id of an invite's code, or asked for (PROTOCOL.md, "Code"). */

import type { Bytes } from './bytes.ts'
import { idLength } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, read } from './reader.ts'
import type { Result } from './result.ts'
import { Writer } from './writer.ts'

/** `id` is the 16 bytes that are computed from the code. */
export type CodeRequest =
  | { type: 'find'; id: Bytes }
  | {
      type: 'put'
      id: Bytes
      token: Bytes
      /** raw public key of the invite whose statement names this id */
      inviteKey: Bytes
      /** at most `limits.codeBoxBytes` */
      box: Bytes
    }

const version = 1
const maxTokenBytes = 200

export const encodeCodeRequest = (request: CodeRequest): Bytes => {
  const writer = new Writer()
    .byte(version)
    .byte(request.type === 'put' ? 1 : 0)
    .raw(request.id)
  if (request.type === 'put') writer.varBytes(request.token).raw(request.inviteKey).varBytes(request.box)
  return writer.bytes()
}

export const parseCodeRequest = (bytes: Uint8Array): Result<CodeRequest, 'malformed'> =>
  read(bytes, (reader): CodeRequest => {
    if (reader.byte() !== version) malformed('unknown version')
    const kind = reader.byte()
    if (kind > 1) malformed('unknown kind')
    const id = reader.take(idLength)
    if (kind === 0) return { type: 'find', id }
    const [token, inviteKey] = [reader.varBytes(maxTokenBytes), reader.take(65)]
    return { type: 'put', id, token, inviteKey, box: reader.varBytes(limits.codeBoxBytes) }
  })
