/** One thing that a pasted message tells, as it was read, with the way to the form where it is corrected. */

import '../../components/styles/records.css'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Icon } from '../../components/icon.tsx'
import { weekdayName } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import type { Proposal } from '../../records/need/reading/read-message.ts'
import { CategoryName } from '../category-name.tsx'
import { categoryIcon } from '../category-words.ts'
import { needTitle, quantityWords, urgencyTone } from '../need-words.ts'

interface ProposalCardProps {
  proposal: Proposal
  /** the record that it became */
  savedAs: string | undefined
  onReview: () => void
  onLeave: () => void
}

const Facts = ({ proposal }: { proposal: Proposal }) => {
  const amount = quantityWords(proposal)
  return (
    <span class="meta">
      {proposal.area !== '' && (
        <span>
          <Icon name="place" size="small" />
          <Bdi>{proposal.area}</Bdi>
        </span>
      )}
      {proposal.day !== null && (
        <span>
          <Icon name="calendar" size="small" />
          {weekdayName(proposal.day)}
        </span>
      )}
      {amount !== '' && (
        <span>
          <Icon name="goods" size="small" />
          {amount}
        </span>
      )}
      {proposal.phone !== '' && (
        <span>
          <Icon name="lock" size="small" />
          <bdi dir="ltr">{proposal.phone}</bdi>
        </span>
      )}
      {proposal.contactName !== '' && (
        <span>
          <Icon name="lock" size="small" />
          <Bdi>{proposal.contactName}</Bdi>
        </span>
      )}
    </span>
  )
}

export const ProposalCard = ({ proposal, savedAs, onReview, onLeave }: ProposalCardProps) => {
  const isOffer = proposal.kind === 'offer'
  const category = proposal.category ?? 'other'
  const title = isOffer ? proposal.title : needTitle({ title: proposal.title, category })
  return (
    <li class="record">
      <article class={`card${savedAs === undefined ? '' : ' closed'}`}>
        <span class="record-top">
          <Badge
            icon={isOffer ? 'take' : categoryIcon(category)}
            tone={isOffer ? 'act' : urgencyTone(proposal.urgency)}
          />
          <span class="record-words">
            <span class="record-title">
              <Bdi>{title}</Bdi>
            </span>
            <Facts proposal={proposal} />
          </span>
        </span>
        <span class="chips">
          <Chip>{isOffer ? t('type.offer') : <CategoryName category={category} />}</Chip>
          {!isOffer && <Chip tone={urgencyTone(proposal.urgency)}>{t(`when.${proposal.urgency}`)}</Chip>}
        </span>
        {savedAs === undefined ? (
          <div class="row">
            <Button compact onClick={onReview} label={`${t('paste.review')}: ${isolated(title)}`}>
              {t('paste.review')}
            </Button>
            <Button
              kind="quiet"
              compact
              icon="close"
              onClick={onLeave}
              label={`${t('paste.leave')}: ${isolated(title)}`}
            >
              {t('paste.leave')}
            </Button>
          </div>
        ) : (
          <p class="soft">
            <Icon name="saved" size="small" /> {t('state.saved')} ·{' '}
            <a href={`/${proposal.kind}/${savedAs}`}>{t('paste.see')}</a>
          </p>
        )}
      </article>
    </li>
  )
}
