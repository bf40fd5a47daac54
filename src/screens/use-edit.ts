/** The form of something that exists: its draft holds changes only, and saving them leads back to its page. */

import { useLocation } from 'preact-iso'
import { leaveTo } from '../components/go-back.ts'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useDraft } from '../hooks/use-draft.ts'

type Runner = ReturnType<typeof useCommand>

/** `key` names the draft; `saved` is said once it is. What others write meanwhile shows through what was not changed. */
export const useEdit = <Value extends object>(key: string, page: string, saved: string) => {
  const { route } = useLocation()
  const runner = useCommand()
  const draft = useDraft<Partial<Value>>(key, {})

  /** Null: nothing was changed, so nothing is written. */
  const save = async (command: Parameters<Runner['run']>[0] | null): Promise<void> => {
    const result = command && (await runner.run(command, 'leave'))
    if (result && !result.ok) return
    // it is saved: nobody waits until the draft is gone
    void draft.clear({})
    if (result) showToast(saved, 'saved')
    leaveTo(page, (path) => route(path, true))
  }
  return { page, runner, draft, save }
}
