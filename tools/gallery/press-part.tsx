/** The gallery's part of what one presses. */

import { Button } from '../../src/components/button.tsx'
import { Chip } from '../../src/components/chip.tsx'
import { IconButton } from '../../src/components/icon-button.tsx'
import { IconChoice } from '../../src/components/icon-choice.tsx'
import { LanguageChoice } from '../../src/components/language-choice.tsx'
import { ListenButton } from '../../src/components/listen-button.tsx'
import { SegmentedChoice } from '../../src/components/segmented-choice.tsx'
import { Toggle } from '../../src/components/toggle.tsx'
import { formatNumber, language, t } from '../../src/i18n/translate.ts'
import { Kept } from './kept.tsx'
import { sample } from './sample.ts'

const kinds = ['primary', 'ghost', 'danger', 'quiet'] as const
const none = () => undefined

const Buttons = () => (
  <>
    <h2>Button</h2>
    {kinds.map((kind) => (
      <div key={kind} class="row">
        <Button kind={kind}>{t('act.save')}</Button>
        <Button kind={kind} icon="take">
          {t('act.take')}
        </Button>
        <Button kind={kind} busy icon="send">
          {t('state.sending')}
        </Button>
        <Button kind={kind} compact href="#compact">
          {t('act.edit')}
        </Button>
      </div>
    ))}
    <Button wide icon="take">
      {sample().longTitle}
    </Button>
    <div class="ways">
      <Button kind="ghost" icon="call" href="#call">
        {t('act.call')}
      </Button>
      <Button kind="ghost" icon="message" href="#message">
        {t('act.whatsapp')}
      </Button>
      <Button kind="ghost" icon="map" href="#map">
        {t('act.map')}
      </Button>
    </div>
    <div class="acts">
      <Button kind="quiet" icon="edit">
        {t('act.edit')}
      </Button>
      <Button kind="quiet" icon="share">
        {t('act.share')}
      </Button>
      <Button kind="danger" icon="close">
        {t('act.cancelNeed')}
      </Button>
    </div>
    <div class="row">
      <IconButton icon="back" label={t('nav.back')} />
      <IconButton icon="more" label={t('act.more')} onClick={none} />
      <IconButton icon="settings" label={t('settings.title')} href="#settings" />
      {/* only where the phone has a voice of the language */}
      <ListenButton />
    </div>
  </>
)

const Chips = () => (
  <>
    <h2>Chip</h2>
    <div class="chips">
      <Chip>{t('when.possible')}</Chip>
      <Chip tone="act" icon="check">
        {t('state.covered')}
      </Chip>
      <Chip tone="wait" icon="hourglass">
        {t('when.week')}
      </Chip>
      <Chip tone="urgent" icon="soonest">
        {t('when.today')}
      </Chip>
      <Chip tone="wait" icon="place">
        {sample().longTitle}
      </Chip>
      <Chip icon="tag">{sample().longWord}</Chip>
    </div>
    <div class="chips">
      {[t('cat.food'), t('cat.water'), t('board.filters')].map((words, i) => (
        <Kept key={words} first={i === 1}>
          {(on, change) => (
            <Chip pressed={on} onClick={() => change(!on)}>
              {words}
            </Chip>
          )}
        </Kept>
      ))}
      <Chip icon="filter" pressed={false} onClick={none}>
        {formatNumber(12_345)}
      </Chip>
    </div>
  </>
)

const categories = ['food', 'medicine', 'disability', 'transport', 'school', 'children', 'other'] as const

const Choices = () => (
  <>
    <h2>Choice with drawings, in segments, with an error</h2>
    <Kept<(typeof categories)[number]> first="transport">
      {(value, change) => (
        <IconChoice
          legend={t('form.what')}
          options={categories.map((name) => ({ value: name, label: t(`cat.${name}`), icon: name }))}
          value={value}
          onChange={change}
        />
      )}
    </Kept>
    {(['today', 'week', 'possible'] as const).map((chosen) => (
      <Kept<'today' | 'week' | 'possible'> key={chosen} first={chosen}>
        {(value, change) => (
          <SegmentedChoice
            legend={t('form.when')}
            options={[
              { value: 'today', label: t('when.today'), icon: 'soonest', tone: 'urgent' },
              { value: 'week', label: t('when.week'), icon: 'week', tone: 'wait' },
              { value: 'possible', label: t('when.possible'), icon: 'anytime' },
            ]}
            value={value}
            onChange={change}
          />
        )}
      </Kept>
    ))}
    <SegmentedChoice
      legend={t('form.when')}
      options={[
        { value: 'yes', label: t('act.yes') },
        { value: 'no', label: sample().longTitle },
      ]}
      value={null}
      error={t('err.required')}
      onChange={none}
    />
    <LanguageChoice value={language.value} onChange={none} seenLegend />
    <div class="tabs">
      <Kept<'needs' | 'offers'> first="needs">
        {(value, change) => (
          <SegmentedChoice
            legend={t('board.kinds')}
            quietLegend
            options={[
              { value: 'needs', label: `${t('board.needs')} ${formatNumber(1284)}` },
              { value: 'offers', label: `${t('board.offers')} ${formatNumber(7)}` },
            ]}
            value={value}
            onChange={change}
          />
        )}
      </Kept>
    </div>
  </>
)

const Toggles = () => (
  <>
    <h2>Toggle</h2>
    {[false, true].map((on) => (
      <Kept key={String(on)} first={on}>
        {(checked, change) => (
          <Toggle
            label={on ? sample().longTitle : t('offer.remote')}
            hint={t('offer.remoteHint')}
            checked={checked}
            onChange={change}
          />
        )}
      </Kept>
    ))}
  </>
)

export const PressPart = () => (
  <main class="gallery-part">
    <Buttons />
    <Chips />
    <Choices />
    <Toggles />
  </main>
)
