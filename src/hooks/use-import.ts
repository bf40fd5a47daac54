/** Writes the needs of a table in batches; where the app is closed in between, it goes on after the last one that is written. */

import { useEffect, useRef, useState } from 'preact/hooks'
import type { CommandError } from '../engine/api.ts'
import { rowKey } from '../records/import/known-needs.ts'
import type { AddedNeed } from '../records/need/add-many.ts'
import { type NeedRow, needType } from '../records/need/need.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { type Door, useDoor } from './door.ts'
import { useMyId } from './use-network.ts'

/** How far a table is written. */
interface Progress {
  total: number
  done: number
  /** rows of the batch that was being written, and how many needs this person had before it */
  open: { rows: number; ownBefore: number } | null
}

export interface ImportJob extends Pick<Progress, 'total' | 'done'> {
  state: 'running' | 'stopped' | 'finished'
  error: CommandError | null
}

/** One batch is one step of the engine: all of it is on the phone, or nothing. */
const batchRows = 20

const ownNeeds = (db: NetworkDatabase, me: string) =>
  db.table<NeedRow, string>(needType.table).where('creator').equals(me)

/** What was said of the need itself; its contact may be under a key. */
const needKey = ({ need }: AddedNeed): string => rowKey({ need })

/** Whether the batch that was open when the app was closed had been written. */
const isWritten = async (
  db: NetworkDatabase,
  me: string,
  batch: readonly AddedNeed[],
  ownBefore: number,
): Promise<boolean> => {
  if ((await ownNeeds(db, me).count()) < ownBefore + batch.length) return false
  const mine = new Set((await ownNeeds(db, me).toArray()).map((need) => rowKey({ need })))
  return batch.every((row) => mine.has(needKey(row)))
}

/** What was saved before a fall has no row until the engine is awake. */
const isAwake = ({ status }: Door): Promise<void> =>
  new Promise((resolve) => {
    const stop = status.subscribe(({ phase }) => {
      if (phase === 'starting') return
      resolve()
      queueMicrotask(() => stop())
    })
  })

class ImportStore {
  readonly #door: Door
  readonly #key: string

  constructor(door: Door, networkId: string) {
    this.#door = door
    this.#key = `import.${networkId}`
  }

  async rows(): Promise<readonly AddedNeed[]> {
    return ((await this.#door.app.drafts.get(`${this.#key}.rows`))?.value ?? []) as readonly AddedNeed[]
  }

  async progress(): Promise<Progress | undefined> {
    return (await this.#door.app.drafts.get(this.#key))?.value as Progress | undefined
  }

  async begin(rows: readonly AddedNeed[]): Promise<void> {
    await this.#door.app.drafts.put({ key: `${this.#key}.rows`, value: rows, savedAt: Date.now() })
    await this.put({ total: rows.length, done: 0, open: null })
  }

  put(progress: Progress): Promise<unknown> {
    return this.#door.app.drafts.put({ key: this.#key, value: progress, savedAt: Date.now() })
  }

  forget(): Promise<void> {
    return this.#door.app.drafts.bulkDelete([this.#key, `${this.#key}.rows`])
  }
}

export interface Import {
  /** undefined until it is known whether one was begun; null for none */
  job: ImportJob | null | undefined
  /** `rows` are those to be written; without them what was begun goes on */
  run: (rows?: readonly AddedNeed[]) => Promise<void>
  /** what is written stays */
  forget: () => Promise<void>
}

export const useImport = (): Import => {
  const door = useDoor()
  const networkId = door.network.value?.networkId
  const me = String(useMyId() ?? '')
  const [job, setJob] = useState<ImportJob | null | undefined>(undefined)
  const store = networkId && new ImportStore(door, networkId)
  const isShown = useRef(true)

  useEffect(() => {
    isShown.current = true
    void store
      ?.progress()
      .then((held) =>
        setJob(held ? { total: held.total, done: held.done, state: 'stopped', error: null } : null),
      )
    return () => {
      isShown.current = false
    }
  }, [networkId])

  const writeAll = async (kept: ImportStore, db: NetworkDatabase): Promise<void> => {
    const rows = await kept.rows()
    let progress = await kept.progress()
    while (progress && progress.done < progress.total && isShown.current) {
      const { done, total, open } = progress
      const batch = rows.slice(done, done + (open?.rows ?? batchRows))
      if (batch.length === 0) break
      setJob({ total, done, state: 'running', error: null })
      if (!open || !(await isWritten(db, me, batch, open.ownBefore))) {
        const ownBefore = await ownNeeds(db, me).count()
        await kept.put({ total, done, open: { rows: batch.length, ownBefore } })
        const result = await door.run({ type: 'need.addMany', rows: batch })
        if (!result.ok) {
          await kept.put({ total, done, open: null })
          setJob({ total, done, state: 'stopped', error: result.error })
          return
        }
      }
      progress = { total, done: done + batch.length, open: null }
      await kept.put(progress)
    }
    if (!progress || progress.done < progress.total) return
    await kept.forget()
    setJob({ total: progress.total, done: progress.total, state: 'finished', error: null })
  }

  const run = async (rows?: readonly AddedNeed[]): Promise<void> => {
    const db = door.database.peek()
    if (!store || !db) return
    // not from two windows at once
    await navigator.locks.request(`import ${networkId}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return
      if (rows) await store.begin(rows)
      await isAwake(door)
      await writeAll(store, db)
    })
  }
  const forget = async (): Promise<void> => {
    await store?.forget()
    setJob(null)
  }
  return { job, run, forget }
}
