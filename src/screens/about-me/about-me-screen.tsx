/** Says what one can do for others: chosen from lists, as much as one likes. */

import '../../components/styles/forms.css'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Field } from '../../components/field.tsx'
import { leaveTo } from '../../components/go-back.ts'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useMyId } from '../../hooks/use-network.ts'
import { useProfile } from '../../hooks/use-profile.ts'
import { type Failure, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { type ProfileRow, profileLimits, skillKeys, spokenLanguages } from '../../records/profile/profile.ts'
import { FormNotes } from '../form-notes.tsx'
import {
  type ProfileValue,
  profileFieldNames,
  profileValue,
  saveProfileCommand,
  toggled,
} from '../profile-form-value.ts'
import { spokenName } from '../profile-words.ts'
import { useSaveWords } from '../save-words.ts'

interface PartProps {
  value: ProfileValue
  onChange: (changes: Partial<ProfileValue>) => void
  failure: Failure | null
}

const Skills = ({ value, onChange, failure }: PartProps) => (
  <>
    <fieldset class="choice">
      <legend>{t('profile.skills')}</legend>
      <div class="chips">
        {skillKeys.map((skill) => (
          <Chip
            key={skill}
            pressed={value.skills.includes(skill)}
            onClick={() => onChange({ skills: toggled(value.skills, skill) })}
          >
            {t(`skill.${skill}`)}
          </Chip>
        ))}
      </div>
    </fieldset>
    <Field
      label={t('profile.otherSkills')}
      value={value.otherSkills}
      max={profileLimits.otherSkillsChars}
      error={fieldError(failure, 'otherSkills')}
      onInput={(otherSkills) => onChange({ otherSkills })}
    />
  </>
)

const Languages = ({ value, onChange }: PartProps) => (
  <fieldset class="choice">
    <legend>{t('profile.languages')}</legend>
    <div class="chips">
      {spokenLanguages.map((spoken) => (
        <Chip
          key={spoken}
          pressed={value.languages.includes(spoken)}
          onClick={() => onChange({ languages: toggled(value.languages, spoken) })}
        >
          {spokenName(spoken)}
        </Chip>
      ))}
    </div>
  </fieldset>
)

const Loaded = ({ row, me }: { row: ProfileRow | null; me: string }) => {
  const page = `/member/${me}`
  const { route } = useLocation()
  const { run, busy, error, clearError } = useCommand()
  const draft = useDraft<Partial<ProfileValue>>('profile', {})
  const value = { ...profileValue(row), ...draft.value }
  const part = { value, onChange: draft.change, failure: error }
  const areas = useAreas()
  const words = useSaveWords(busy, t('act.save'))
  const save = async () => {
    const command = saveProfileCommand(row, draft.value)
    const result = command && (await run(command))
    if (result && !result.ok) return
    await draft.clear({})
    if (result) showToast(t('state.saved'), 'saved')
    leaveTo(page, (path) => route(path, true))
  }
  return (
    <Screen
      title={t('type.profile')}
      back={page}
      under={<p class="soft">{t('profile.lead')}</p>}
      actions={
        <Button busy={busy} onClick={() => void save()} wide>
          {words}
        </Button>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty}
        failure={error}
        fields={profileFieldNames}
        onStartOver={() => {
          clearError()
          void draft.clear({})
        }}
      />
      <form
        class="stack roomy"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Skills {...part} />
        <Languages {...part} />
        <Field
          label={t('profile.hours')}
          value={value.hours}
          direction="ltr"
          inputMode="numeric"
          error={fieldError(error, 'hours')}
          onInput={(hours) => draft.change({ hours })}
        />
        <Field
          label={t('form.area')}
          value={value.area}
          max={profileLimits.areaChars}
          suggestions={areas}
          error={fieldError(error, 'area')}
          onInput={(area) => draft.change({ area })}
        />
        <Toggle
          label={t('offer.remote')}
          hint={t('offer.remoteHint')}
          checked={value.remote}
          onChange={(remote) => draft.change({ remote })}
        />
        <button type="submit" class="only-heard" tabIndex={-1} aria-hidden="true" />
      </form>
    </Screen>
  )
}

const AboutMeScreen = () => {
  const me = String(useMyId() ?? '')
  const row = useProfile(me)
  return row === undefined || me === '' ? null : <Loaded row={row} me={me} />
}

export default AboutMeScreen
