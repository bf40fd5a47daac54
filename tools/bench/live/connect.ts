/** Opens the sockets of a fleet, some at a time, and waits until each hears what happens. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Visitor } from './fleet.ts'

const connectedAtOnce = 20

export interface Connected<Client extends Visitor> {
  client: Client
  socket: WebSocket
}

/** Rejects when the server refuses or hangs up before it has answered. */
export const connect = async <Client extends Visitor>(
  client: Client,
  onMessage: (client: Client, message: Buffer) => void,
): Promise<Connected<Client>> => {
  const { url, protocols, headers } = client
  const socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  let isReady = false
  socket.on('error', reject)
  socket.on('close', (code, reason) => reject(new Error(`the server closed: ${code} ${reason}`)))
  socket.on('message', (data: Buffer) => {
    if (!isReady && client.isReady(data)) {
      isReady = true
      resolve()
    }
    onMessage(client, data)
  })
  await Promise.race([once(socket, 'open'), ready])
  for (const message of client.hello) socket.send(message)
  await ready
  return { client, socket }
}

export const connectAll = async <Client extends Visitor>(
  fleet: readonly Client[],
  onMessage: (client: Client, message: Buffer) => void,
): Promise<Connected<Client>[]> => {
  const all: Connected<Client>[] = []
  for (let from = 0; from < fleet.length; from += connectedAtOnce) {
    const group = fleet.slice(from, from + connectedAtOnce)
    all.push(...(await Promise.all(group.map((client) => connect(client, onMessage)))))
  }
  return all
}
