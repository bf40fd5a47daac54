/** Who will see a need: all members, or the coordinators alone; said before it is written, for what all have read stays read. */

import { Card } from '../components/card.tsx'
import { Icon } from '../components/icon.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { t } from '../i18n/translate.ts'
import type { NeedFormProps } from './need-form.tsx'

type Sight = 'all' | 'coordinators'

const Choose = ({ value, onChange }: NeedFormProps) => {
  const chosen: Sight = value.confidential ? 'coordinators' : 'all'
  return (
    <div class="halves stack tight">
      <SegmentedChoice<Sight>
        legend={t('few.legend')}
        value={chosen}
        options={[
          { value: 'all', label: t('few.all') },
          { value: 'coordinators', label: t('few.coordinators'), icon: 'lock' },
        ]}
        onChange={(sight) => onChange({ confidential: sight === 'coordinators' })}
      />
      <p class="soft">{t(value.confidential ? 'few.coordinatorsWhy' : 'few.allWhy')}</p>
      {value.category === 'mental' && <p class="soft">{t('few.mental')}</p>}
    </div>
  )
}

/** Once written, it is opened from its page, where what that means is asked. */
const Fixed = () => (
  <Card as="section">
    <h2 class="card-head">
      <Icon name="lock" />
      <span>{t('few.title')}</span>
    </h2>
    <p class="soft">{t('few.fixed')}</p>
  </Card>
)

export const NeedWhoSees = (props: NeedFormProps) => (
  <>
    {props.value.forWhom === 'other' && <p class="soft">{t('few.onBehalf')}</p>}
    {props.isNew && <Choose {...props} />}
    {!props.isNew && props.value.confidential && <Fixed />}
  </>
)
