/** The way to pictures and voice notes: their code is fetched when the first one is made, looked at, or waits to be carried. */

import { ok, type Result } from '../../../sync-server/protocol/result.ts'
import { needType } from '../../records/need/need.ts'
import type { CommandError, CommandResult } from '../api.ts'
import { fetchCode } from '../fetch-code.ts'
import type { LocalNetwork } from '../local-network.ts'
import type { Media } from './media.ts'
import type { MediaCommand } from './media-api.ts'

const mediaByNetwork = new WeakMap<LocalNetwork, Media>()

const mediaOf = async (local: LocalNetwork): Promise<Result<Media, CommandError>> => {
  const code = await fetchCode(() => import('./media.ts'))
  if (!code.ok) return code
  const media = mediaByNetwork.get(local) ?? new code.value.Media({ local, ...local.blobLink })
  mediaByNetwork.set(local, media)
  return ok(media)
}

export const runMediaCommand = async (command: MediaCommand, local: LocalNetwork): Promise<CommandResult> => {
  const media = await mediaOf(local)
  return media.ok ? media.value.run(command) : media
}

/**
 * After a save and after each exchange. Resolves when what waits is said to wait; where `mayTalk`, carrying goes on by
 * itself: what breaks off is taken up after the next exchange.
 */
export const carryMedia = async (
  local: LocalNetwork,
  mayTalk: boolean,
  onFailure: (error: unknown) => void,
): Promise<void> => {
  const { database } = local
  const needs = database.table(needType.table).where('mediaAt').above(0)
  if ((await database.blobs.count()) + (await needs.count()) === 0) return
  const media = await mediaOf(local)
  // without its code nothing can be carried: the next exchange tries again
  if (!media.ok) return
  await media.value.sort()
  if (mayTalk) media.value.carry().catch(onFailure)
}
