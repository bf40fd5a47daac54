/** The engine's worker: chooses the implementations, stands for leader, speaks with its window. */

import type { Ballast } from '../storage/ballast.ts'
import type { Mirror } from '../storage/mirror.ts'
import { openOpfsMirror } from '../storage/opfs-mirror.ts'
import { backgroundChannel } from '../storage/schema.ts'
import { openSparePlaces } from '../storage/spare-places.ts'
import { exchangeAlone } from '../sync/exchange-lock.ts'
import { postToRelay } from '../sync/post.ts'
import { postBlobToRelay } from '../sync/post-blob.ts'
import { postCodeToRelay } from '../sync/post-code.ts'
import type { EngineMessage, EngineRequest, EngineStatus } from './api.ts'
import { Engine } from './engine.ts'
import { initialStatus } from './initial-status.ts'
import { Leader, type LedEngine } from './leader.ts'
import { Lookers } from './lookers.ts'
import { Traffic } from './traffic.ts'

declare const self: DedicatedWorkerGlobalScope

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/netinfo/). */
interface Connection extends EventTarget {
  effectiveType?: string
  saveData?: boolean
  type?: string
}

const { connection } = navigator as WorkerNavigator & { connection?: Connection }

let isSaving = false

const isSlowLink = (): boolean =>
  isSaving || connection?.saveData === true || /2g/.test(connection?.effectiveType ?? '')

/** Only some phones say that a link is metered; «cellular» is as near as they come. */
const isGoodLink = (): boolean => navigator.onLine && !isSlowLink() && connection?.type !== 'cellular'

const tell = (message: EngineMessage): void => self.postMessage(message)

let lastStatus: EngineStatus | null = null
const tellStatus = (status: EngineStatus): void => {
  lastStatus = status
  tell({ kind: 'status', status })
}

const tellFailure = (error: unknown): void => {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  tellStatus({ ...(lastStatus ?? initialStatus), phase: 'failed', failure: detail })
}

/** Private windows of some browsers have no such file system: the outbox is the only store there. */
const withoutMirror = (): Mirror => ({
  append: async () => undefined,
  readAll: async () => [],
  close: async () => undefined,
})

const openMirror = async (folder: string, lease: number): Promise<Mirror> => {
  try {
    return await openOpfsMirror(folder, lease)
  } catch (error) {
    if (error instanceof DOMException && error.name !== 'QuotaExceededError') return withoutMirror()
    if (typeof navigator.storage?.getDirectory !== 'function') return withoutMirror()
    throw error
  }
}

let traffic: Traffic | null = null
const lookers = new Lookers((isLookedAt) => traffic?.visible(isLookedAt))

/** Its code is here since a start has kept it: what frees it needs no link. */
const fetchBallast = async () => (await import('../storage/opfs-ballast.ts')).opfsBallast()
const ballast: Ballast = {
  free: async () => (await fetchBallast()).free(),
  keep: async () => (await fetchBallast()).keep(),
}

/** Not in every browser. */
const spare = openSparePlaces('')

const lead = async (onStatus: (status: EngineStatus) => void): Promise<LedEngine> => {
  const engine = new Engine({
    prefix: '',
    phoneNow: Date.now,
    buildMs: import.meta.env.BUILT_AT_MS,
    appOrigin: self.location.origin,
    ballast,
    ...(spare && { spare }),
    openMirror,
    post: postToRelay,
    alone: exchangeAlone,
    postCode: postCodeToRelay,
    postBlob: postBlobToRelay,
    isSlowLink,
    isGoodLink,
    socket: WebSocket,
    onStatus,
    onSaved: () => traffic?.saved(),
  })
  await engine.start()
  // not before: «looked at», said while the network was still being opened, counted as an exchange and put off the first
  const own = new Traffic({
    engine,
    isSlowLink,
    isGoodLink,
    random: Math.random,
    after: (delayMs, job) => {
      const timer = setTimeout(job, delayMs)
      return () => clearTimeout(timer)
    },
  })
  own.visible(lookers.isLookedAt)
  traffic = own
  const background = new BroadcastChannel(backgroundChannel)
  background.onmessage = () => void engine.takeBackground()
  return {
    run: (command) => engine.run(command),
    get status() {
      return engine.status
    },
    async close() {
      background.close()
      own.close()
      if (traffic === own) traffic = null
      await engine.close()
    },
  }
}

const leader = new Leader({ lead, onStatus: tellStatus, onFailure: tellFailure })

self.onmessage = async ({ data }: MessageEvent<EngineRequest>) => {
  switch (data.kind) {
    case 'run':
      tell({ kind: 'result', id: data.id, result: await leader.run(data.command) })
      return
    case 'visible':
      leader.visible = data.visible
      lookers.own(data.visible)
      return
    case 'online':
      traffic?.online()
      return
    case 'saving':
      isSaving = data.isSaving
      traffic?.linkChanged()
      return
    case 'offline':
      traffic?.linkChanged()
  }
}

connection?.addEventListener('change', () => traffic?.linkChanged())

leader.start()
