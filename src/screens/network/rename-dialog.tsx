/** Asks for another name to be known by. */

import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { NicknameField } from '../nickname-field.tsx'

interface RenameDialogProps {
  open: boolean
  name: string
  onClose: () => void
}

export const RenameDialog = ({ open, name, onClose }: RenameDialogProps) => {
  const { run, busy, error, clearError } = useCommand()
  const [typed, setTyped] = useState(name)
  const [empty, setEmpty] = useState(false)
  // each opening begins with the present name
  useEffect(() => {
    setTyped(name)
    setEmpty(false)
    clearError()
  }, [open])

  const save = async () => {
    const nickname = typed.trim()
    setEmpty(nickname === '')
    if (nickname === '') return
    const result = await run({ type: 'network.rename-me', nickname })
    if (!result.ok) return
    onClose()
    showToast(t('network.renamed'))
  }
  return (
    <Dialog
      open={open}
      title={t('network.rename')}
      onClose={onClose}
      actions={
        <Button busy={busy} onClick={() => void save()}>
          {t('act.save')}
        </Button>
      }
    >
      <NicknameField
        value={typed}
        error={empty ? t('err.required') : error ? errorWords(error) : undefined}
        onInput={setTyped}
      />
    </Dialog>
  )
}
