/** Puts what another form will begin with: a proposal that a person corrects there. */

import { useDoor } from './door.ts'

/** Resolves when it is kept; `value` is what {@link useDraft} of that key then gives. */
export const usePutDraft = (): ((key: string, value: object) => Promise<void>) => {
  const { app } = useDoor()
  return async (key, value) => {
    await app.drafts.put({ key, value, savedAt: Date.now() })
  }
}
