/** Reads `TADAMUN_STORE`: the servers of a NATS cluster, and who we are there. Needs no NATS package. */

import { fail, ok, type Result } from '../protocol/result.ts'

export interface ClusterAddress {
  /** `host:port` */
  readonly servers: readonly string[]
  readonly user?: string
  readonly password?: string
  readonly isEncrypted: boolean
}

const hasPath = ({ pathname, search, hash }: URL): boolean => `${pathname}${search}${hash}`.length > 1

/** `nats://a:4222,nats://b:4222`, or `tls://`; one name and password for all. The failure follows "it must be". */
export const parseClusterAddress = (text: string): Result<ClusterAddress, string> => {
  const parts = text.split(',').map((part) => part.trim())
  const urls = parts.map((part) => (URL.canParse(part) ? new URL(part) : null))
  const [first] = urls
  const isGood = (url: URL | null): url is URL =>
    url !== null && url.hostname !== '' && url.protocol === first?.protocol && !hasPath(url)
  if (!first || !urls.every(isGood) || !['nats:', 'tls:'].includes(first.protocol))
    return fail(
      'nats://one.example:4222,nats://two.example:4222 (or tls://), ' +
        'with NAME:PASSWORD@ before the first host where the servers ask for it',
    )
  return ok({
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    isEncrypted: first.protocol === 'tls:',
    ...(first.username && { user: decodeURIComponent(first.username) }),
    ...(first.password && { password: decodeURIComponent(first.password) }),
  })
}
