/** How many bytes went over the connections of a server, those still open included. */

import type { Server, Socket } from 'node:net'

export interface TrafficNow {
  readonly connections: number
  /** since the server began */
  readonly receivedBytes: number
  readonly sentBytes: number
}

export interface Traffic {
  now(): TrafficNow
}

/** To be called before the server listens. Sockets count for themselves; they are asked only when somebody wants to know. */
export const watchTraffic = (server: Server): Traffic => {
  const open = new Set<Socket>()
  let receivedBytes = 0
  let sentBytes = 0
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      receivedBytes += socket.bytesRead
      sentBytes += socket.bytesWritten
    })
  })
  return {
    now() {
      let [received, sent] = [receivedBytes, sentBytes]
      for (const { bytesRead, bytesWritten } of open) {
        received += bytesRead
        sent += bytesWritten
      }
      return { connections: open.size, receivedBytes: received, sentBytes: sent }
    },
  }
}
