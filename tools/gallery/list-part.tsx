/** The gallery's part of what one reads in lists. */

import '../../src/components/styles/records.css'
import { Badge } from '../../src/components/badge.tsx'
import { Bdi } from '../../src/components/bdi.tsx'
import { Button } from '../../src/components/button.tsx'
import { Card } from '../../src/components/card.tsx'
import { Chip } from '../../src/components/chip.tsx'
import { Icon } from '../../src/components/icon.tsx'
import { List, ListRow } from '../../src/components/list-row.tsx'
import { Meter } from '../../src/components/meter.tsx'
import { PersonBadge } from '../../src/components/person-badge.tsx'
import { StateMark } from '../../src/components/state-mark.tsx'
import { formatNumber, t } from '../../src/i18n/translate.ts'
import { sample } from './sample.ts'

const tones = ['act', 'wait', 'urgent', 'plain'] as const
const tints = [0, 1, 2, 3, 4, 5]

const Cards = () => (
  <>
    <h2>Card</h2>
    <Card as="section">
      <h3 class="card-head">
        <Icon name="lock" />
        <span>{t('type.contact')}</span>
      </h3>
      <p>
        <Bdi>{sample().area}</Bdi>
      </p>
      <p class="soft">{sample().details}</p>
    </Card>
    <Card tone="act">
      <p class="strong">{sample().longTitle}</p>
    </Card>
    <Card tone="wait">
      <h3 class="card-head">
        <Icon name="hourglass" />
        <span>{t('need.left', { count: 3 })}</span>
      </h3>
      <p>
        <Bdi>{sample().mixed}</Bdi>
      </p>
    </Card>
    <Card href="#card">
      <span class="record-top">
        <Badge icon="winter" tone="urgent" />
        <span class="record-words">
          <span class="record-title">
            <Bdi>{sample().longTitle}</Bdi>
          </span>
          <span class="record-line" dir="auto">
            {sample().mixed}
          </span>
          <span class="meta">
            <span>
              <Icon name="place" size="small" />
              <Bdi>{sample().area}</Bdi>
            </span>
            <span>
              <Icon name="goods" size="small" />
              {formatNumber(12_500)}
            </span>
          </span>
        </span>
      </span>
      <span class="chips">
        <Chip tone="urgent">{t('when.today')}</Chip>
        <Chip>{t('state.open')}</Chip>
      </span>
      <StateMark state="local" />
    </Card>
  </>
)

const Rows = () => (
  <>
    <h2>List row</h2>
    <List>
      <ListRow href="#row" icon="scan" title={t('meet.invite')} detail={t('meet.inviteWhy')} />
      <ListRow onClick={() => undefined} icon="language" tone="plain" title={t('settings.language')} />
      <ListRow
        title={<Bdi>{sample().name}</Bdi>}
        detail={<Bdi>{sample().mixed}</Bdi>}
        icon="person"
        tone="wait"
        action={
          <Button kind="ghost" compact>
            {t('act.give')}
          </Button>
        }
      />
      <ListRow title={sample().longWord} detail={sample().longTitle} />
    </List>
    <h2>Badge</h2>
    <div class="row">
      {tones.map((tone) => (
        <Badge key={tone} icon="transport" tone={tone} />
      ))}
    </div>
    <div class="row">
      {tints.map((tint) => (
        <PersonBadge key={tint} letter={'أبجSoن'[tint] ?? ''} tint={tint} />
      ))}
    </div>
  </>
)

const Progress = () => (
  <>
    <h2>Meter</h2>
    {[0, 3700, 10_000].map((done) => (
      <div key={done} class="progress">
        <p>{t('need.part', { done, total: 10_000 })}</p>
        <Meter value={done} max={10_000} label={t('need.part', { done, total: 10_000 })} />
      </div>
    ))}
    <h2>Facts</h2>
    <div class="facts">
      <span class="fact urgent">
        <Icon name="soonest" />
        {t('when.today')}
      </span>
      <span class="fact wait">
        <Icon name="week" />
        {t('when.week')}
      </span>
      <span class="fact">
        <Icon name="place" />
        <Bdi>{sample().area}</Bdi>
      </span>
    </div>
  </>
)

export const ListPart = () => (
  <main class="gallery-part">
    <Cards />
    <Rows />
    <Progress />
  </main>
)
