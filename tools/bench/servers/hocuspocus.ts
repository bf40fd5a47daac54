/** `@hocuspocus/server` as its documentation starts it: no extension, documents in memory. */
import { Server } from '@hocuspocus/server'

const server = new Server({
  port: Number(process.env.PORT),
  address: process.env.HOST ?? '127.0.0.1',
  quiet: true,
})
await server.listen()
