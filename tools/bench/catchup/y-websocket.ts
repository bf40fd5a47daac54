/**
 * The same work as a stock Yjs app does it: one Y.Doc, records as nested maps in the clear, `y-websocket` on the phone
 * and `@y/websocket-server` as it comes. In its favour: the phone kept its document, awareness is off, and it asks with
 * its state vector. Yjs takes a new client id each time an app is opened, so the earlier work is cut evenly into
 * `sessions` of them, and each of the missed edits is one more.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { startServer } from '../servers/server-process.ts'
import { openCountingLine, type Passed } from './counting-line.ts'
import { earlierWork, editMark, missedWork, size, type Write } from './week-of-work.ts'

const room = 'quarter'

type Records = Y.Map<Y.Map<unknown>>

const idOf = (record: string): string => Buffer.from(record.padEnd(16)).toString('base64url')

/** One step for each `set`, so that a session can end within a record. */
const stepsOf = ({ record, type, isNew, fields }: Write): ((doc: Y.Doc) => void)[] => {
  const mapIn = (doc: Y.Doc): Records => doc.getMap(`${type}s`) as Records
  const begin = (doc: Y.Doc) => void mapIn(doc).set(idOf(record), new Y.Map())
  const sets = Object.entries(fields).map(([name, value]) => (doc: Y.Doc) => {
    const written = name === 'needId' ? idOf(String(value)) : value
    mapIn(doc).get(idOf(record))?.set(name, written)
  })
  return isNew ? [begin, ...sets] : sets
}

const newClient = (): number => Math.floor(Math.random() * 2 ** 32)

const writeEarlier = (doc: Y.Doc, sessions: number): void => {
  const steps = earlierWork().flatMap(stepsOf)
  let at = 0
  for (let session = 1; session <= sessions; session++) {
    doc.clientID = newClient()
    const end = Math.floor((session * steps.length) / sessions)
    doc.transact(() => {
      for (; at < end; at++) steps[at]?.(doc)
    })
  }
}

const writeMissed = (doc: Y.Doc): void => {
  for (const step of missedWork().flatMap(stepsOf)) {
    doc.clientID = newClient()
    doc.transact(() => step(doc))
  }
}

const edited = (doc: Y.Doc): number =>
  [...(doc.getMap('needs') as Records).values()].filter((need) =>
    String(need.get('title')).includes(editMark),
  ).length

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const connect = (port: number, doc: Y.Doc): WebsocketProvider => {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, room, doc, {
    connect: false,
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  provider.awareness.setLocalState(null)
  provider.connect()
  return provider
}

/** The document ends too: its awareness would keep the process running. */
const leave = (provider: WebsocketProvider): void => {
  provider.destroy()
  provider.doc.destroy()
}

const hasAll = async (doc: Y.Doc): Promise<void> => {
  while (edited(doc) < size.behind) await sleep(20)
}

/** What a neighbour's phone and the server hold is all of it before the phone comes back. */
const fillServer = async (port: number, doc: Y.Doc): Promise<void> => {
  const writer = connect(port, copyOf(doc))
  const reader = connect(port, new Y.Doc())
  await hasAll(reader.doc)
  leave(writer)
  leave(reader)
}

export interface PeerFigures {
  caughtUp: Passed
  nothingNew: Passed
}

export const measureYWebsocket = async (sessions: number): Promise<PeerFigures> => {
  const peer = await startServer('yWebsocket')
  const line = await openCountingLine(peer.port)
  try {
    const quarter = new Y.Doc()
    writeEarlier(quarter, sessions)
    const phone = copyOf(quarter)
    writeMissed(quarter)
    await fillServer(peer.port, quarter)
    const { passed: caughtUp, value: provider } = await line.measure(async () => {
      const connected = connect(line.port, phone)
      await hasAll(phone)
      return connected
    })
    provider.disconnect()
    const { passed: nothingNew } = await line.measure(() => {
      const synced = new Promise((resolve) => provider.once('sync', resolve))
      provider.connect()
      return synced
    })
    leave(provider)
    return { caughtUp, nothingNew }
  } finally {
    line.close()
    await peer.stop()
  }
}
