/** The window's end of the engine: starts its worker, sends it commands, hears its status. */

import engineUrl from 'virtual:engine-url'
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Command, CommandResult, EngineMessage, EngineRequest, EngineStatus } from '../engine/api.ts'
import { initialStatus } from '../engine/initial-status.ts'
import type { Settings } from '../hooks/door.ts'
import { trustedUrl } from './trusted-url.ts'

export interface EngineClient {
  run(command: Command): Promise<CommandResult>
  status: ReadonlySignal<EngineStatus>
}

const unexpected = (detail: string): CommandResult => ({ ok: false, error: { code: 'unexpected', detail } })

/** Tells the engine when the person looks or begins to save data, and when the phone says that there may be a link again. */
const forwardSurroundings = (
  send: (request: EngineRequest) => void,
  settings: ReadonlySignal<Pick<Settings, 'dataSaver'>>,
): void => {
  const tellVisible = () => send({ kind: 'visible', visible: document.visibilityState === 'visible' })
  document.addEventListener('visibilitychange', tellVisible)
  window.addEventListener('pageshow', tellVisible)
  for (const kind of ['online', 'offline'] as const) window.addEventListener(kind, () => send({ kind }))
  tellVisible()
  effect(() => send({ kind: 'saving', isSaving: settings.value.dataSaver }))
}

/** Never throws: an engine that does not start has the phase `failed`, and every command says `unexpected`. */
export const startEngine = (settings: ReadonlySignal<Pick<Settings, 'dataSaver'>>): EngineClient => {
  const status = signal(initialStatus)
  const waiting = new Map<string, (result: CommandResult) => void>()
  let failure: string | null = null

  const failAll = (detail: string) => {
    failure = detail
    status.value = { ...status.peek(), phase: 'failed', failure: detail }
    for (const answer of waiting.values()) answer(unexpected(detail))
    waiting.clear()
  }
  const hear = (message: EngineMessage) => {
    if (message.kind === 'status') {
      status.value = message.status
      return
    }
    waiting.get(message.id)?.(message.result)
    waiting.delete(message.id)
  }

  const worker = new Worker(trustedUrl(engineUrl), { type: 'module', name: 'tadamun-engine' })
  worker.onmessage = ({ data }: MessageEvent<EngineMessage>) => hear(data)
  worker.onmessageerror = () => failAll('a message of the engine could not be read')
  worker.onerror = (event) => {
    // faults inside a running engine are its own to report; one before the first status means that it never started
    if (status.peek().phase === 'starting') failAll(event.message || 'the engine did not load')
  }
  const send = (request: EngineRequest) => worker.postMessage(request)
  forwardSurroundings(send, settings)

  const run = (command: Command): Promise<CommandResult> => {
    if (failure !== null) return Promise.resolve(unexpected(failure))
    const id = crypto.randomUUID()
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      send({ kind: 'run', id, command })
    })
  }
  return { run, status }
}
