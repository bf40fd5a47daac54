/** How much of a need somebody takes. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/dialog.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { isolated, t } from '../../i18n/translate.ts'

interface AmountSheetProps {
  open: boolean
  /** what nobody has taken yet */
  most: number
  unit: string
  onClose: () => void
  onTake: (amount: number) => void
}

export const AmountSheet = ({ open, most, unit, onClose, onTake }: AmountSheetProps) => {
  const [amount, setAmount] = useState(1)
  const left = t('need.left', { count: most })
  return (
    <Sheet
      open={open}
      title={t('act.takePart')}
      onClose={onClose}
      actions={
        <Button icon="take" onClick={() => onTake(Math.min(amount, most))}>
          {t('act.take')}
        </Button>
      }
    >
      <NumberField
        label={t('need.howMuch')}
        value={Math.min(amount, most)}
        onChange={setAmount}
        max={most}
        hint={unit === '' ? left : `${left} · ${isolated(unit)}`}
      />
    </Sheet>
  )
}
