/** A picture or voice note as a screen can show it: an address for it once it is here, or why it is not. */

import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Result } from '../../sync-server/protocol/result.ts'
import type { CommandError } from '../engine/api.ts'
import type { KeptMedia, MediaAbsence, MediaKind } from '../engine/media/media-api.ts'
import { isDrawable } from '../records/need/picture-size.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'

export interface MediaName {
  id: string
  key: Uint8Array<ArrayBuffer>
}

export interface MediaSight {
  /** null while it is not here */
  url: string | null
  /** null while it is here, or being looked for */
  absent: MediaAbsence | null
  /** how much of it has come, 0 to 1; null while nothing comes */
  coming: number | null
  /** fetches it also where that costs something */
  want: () => void
}

/** Between two looks for what the relay does not have yet, while somebody waits on the screen. */
const lookAgainMs = 10_000

interface Seen {
  url: string | null
  absent: MediaAbsence | null
}

/** `mime`: '' where the browser finds out by itself. */
export const useMedia = (kind: MediaKind, { id, key }: MediaName, mime = ''): MediaSight => {
  const { run } = useDoor()
  const [seen, setSeen] = useState<Seen>({ url: null, absent: null })
  const [isLooking, setLooking] = useState(true)
  const [asked, setAsked] = useState(0)
  const [looks, setLooks] = useState(0)
  const row = useLiveQuery(
    async ({ blobs }) => {
      const { state, bytes, size } = (await blobs.get(id)) ?? {}
      return { isHere: state !== undefined && state !== 'coming', share: (bytes?.length ?? 0) / (size ?? 1) }
    },
    [id],
  )
  const isHere = row?.isHere === true

  // whoever made it may be sending it at this moment
  useEffect(() => {
    if (seen.absent !== 'notThere') return
    const timer = setTimeout(() => setLooks((times) => times + 1), lookAgainMs)
    return () => clearTimeout(timer)
  }, [seen, looks])

  // a key belongs to its id
  useEffect(() => {
    let made: string | null = null
    let isCurrent = true
    setLooking(true)
    void run({ type: 'media.open', kind, id, key, wanted: asked > 0 }).then((result) => {
      if (!isCurrent) return
      const { content, absent = 'offline' } = result.ok ? result.value : {}
      const isShown = content !== undefined && (kind !== 'photo' || isDrawable(content, 'photo'))
      made = isShown ? URL.createObjectURL(new Blob([content], { type: mime })) : null
      setSeen({ url: made, absent: isShown ? null : content ? 'broken' : absent })
      setLooking(false)
    })
    return () => {
      isCurrent = false
      if (made !== null) URL.revokeObjectURL(made)
    }
    // what comes while one looks is opened then
  }, [run, kind, id, mime, isHere, asked, looks])

  const isComing = seen.url === null && isLooking && (asked > 0 || (row?.share ?? 0) > 0)
  return {
    url: seen.url,
    absent: isComing ? null : seen.absent,
    coming: isComing ? (row?.share ?? 0) : null,
    want: useCallback(() => setAsked((times) => times + 1), []),
  }
}

/** Gives what was just made to the engine, which seals and keeps it; `drop` for what is taken out of a form again. */
export const useKeepMedia = () => {
  const { run } = useDoor()
  return {
    keep: async (
      kind: MediaKind,
      content: Uint8Array<ArrayBuffer>,
    ): Promise<Result<KeptMedia, CommandError>> => {
      const result = await run({ type: 'media.keep', kind, content })
      if (!result.ok) return result
      const { media } = result.value
      return media
        ? { ok: true, value: media }
        : { ok: false, error: { code: 'unexpected', detail: 'nothing was kept' } }
    },
    drop: (id: string): void => void run({ type: 'media.drop', id }),
  }
}

/** Ids of pictures and voice notes that are saved here and not at a relay yet. */
export const useUnsentMedia = (): readonly { id: string; kind: MediaKind }[] | undefined =>
  useLiveQuery(async ({ blobs }) =>
    (await blobs.where('state').equals('unsent').toArray()).map(({ id, kind }) => ({ id, kind })),
  )
