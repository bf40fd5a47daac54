/** What a form holds, written down on every keystroke, so that nothing typed is ever lost. */

import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useDoor } from './door.ts'

export interface Draft<Value> {
  value: Value
  /** changes some fields, and keeps the draft */
  change: (changes: Partial<Value>) => void
  /** after saving: forgets the draft; `next` is what the form then holds */
  clear: (next?: Value) => Promise<void>
  /** false until it is known whether an earlier draft exists */
  ready: boolean
  /** something was typed and not saved */
  dirty: boolean
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `key` names the form and what it is about, such as `need.add` or `need.edit.<id>`. */
export const useDraft = <Value extends object>(key: string, initial: Value): Draft<Value> => {
  const { app, dirtyForms } = useDoor()
  const [value, setValue] = useState(initial)
  const [ready, setReady] = useState(false)
  const [dirty, setDirty] = useState(false)
  // the newest, also between two renders: two fast keystrokes must not lose the first
  const newest = useRef(initial)
  const touched = useRef(false)

  const mark = useCallback(
    (isDirty: boolean) => {
      setDirty(isDirty)
      const forms = new Set(dirtyForms.peek())
      if (isDirty) forms.add(key)
      else forms.delete(key)
      dirtyForms.value = forms
    },
    [dirtyForms, key],
  )

  useEffect(() => {
    let current = true
    void app.drafts.get(key).then((row) => {
      if (!current) return
      // fields that a newer version added keep their first value
      if (row && isRecord(row.value) && !touched.current) {
        newest.current = { ...newest.current, ...row.value }
        setValue(newest.current)
        mark(true)
      }
      setReady(true)
    })
    return () => {
      current = false
      mark(false)
    }
  }, [app, key, mark])

  const change = (changes: Partial<Value>) => {
    touched.current = true
    newest.current = { ...newest.current, ...changes }
    setValue(newest.current)
    mark(true)
    void app.drafts.put({ key, value: newest.current, savedAt: Date.now() })
  }
  const clear = async (next: Value = initial) => {
    touched.current = false
    newest.current = next
    setValue(next)
    mark(false)
    await app.drafts.delete(key)
  }
  return { value, change, clear, ready, dirty }
}
