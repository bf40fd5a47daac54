/** The engine's worker: chooses the implementations, stands for leader, speaks with its window. */

import type { Mirror } from '../storage/mirror.ts'
import { openOpfsMirror } from '../storage/opfs-mirror.ts'
import { postToRelay } from '../sync/post.ts'
import { ExchangeSchedule } from '../sync/schedule.ts'
import type { EngineMessage, EngineRequest, EngineStatus } from './api.ts'
import { Engine } from './engine.ts'
import { initialStatus } from './initial-status.ts'
import { Leader, type LedEngine } from './leader.ts'

declare const self: DedicatedWorkerGlobalScope

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/netinfo/). */
interface Connection {
  effectiveType?: string
  saveData?: boolean
}

const isSlowLink = (): boolean => {
  const { connection } = navigator as WorkerNavigator & { connection?: Connection }
  return connection?.saveData === true || /2g/.test(connection?.effectiveType ?? '')
}

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

let schedule: ExchangeSchedule | null = null
let isVisible = true

const lead = async (onStatus: (status: EngineStatus) => void): Promise<LedEngine> => {
  const engine = new Engine({
    prefix: '',
    phoneNow: Date.now,
    buildMs: import.meta.env.BUILT_AT_MS,
    appOrigin: self.location.origin,
    openMirror,
    post: postToRelay,
    isSlowLink,
    onStatus,
    onSaved: () => schedule?.saved(),
  })
  await engine.start()
  // not before: «looked at», said while the network was still being opened, counted as an exchange and put off the first
  const own = new ExchangeSchedule({
    exchange: async () => engine.local === null || (await engine.exchange()) !== null,
    isSlowLink,
    random: Math.random,
    after: (delayMs, job) => {
      const timer = setTimeout(job, delayMs)
      return () => clearTimeout(timer)
    },
  })
  own.visible(isVisible)
  schedule = own
  return {
    run: (command) => engine.run(command),
    get status() {
      return engine.status
    },
    async close() {
      own.close()
      if (schedule === own) schedule = null
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
      isVisible = data.visible
      leader.visible = data.visible
      schedule?.visible(data.visible)
      return
    case 'online':
      schedule?.online()
  }
}

leader.start()
