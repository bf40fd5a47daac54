/** How things stand before the engine has said anything: one answer for the engine, its worker and the window. */

import type { EngineStatus } from './api.ts'

export const initialStatus: EngineStatus = {
  phase: 'starting',
  network: null,
  exchange: 'idle',
  progress: null,
  problem: null,
  live: false,
  lastExchangeAt: null,
  waiting: 0,
  clockOffsetMs: 0,
  joining: null,
  meeting: null,
  ended: null,
  regained: false,
  failure: null,
}
