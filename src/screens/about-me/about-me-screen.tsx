/** Says what one can do for others: chosen from lists, as much as one likes. */

import '../../components/styles/forms.css'
import { Chip } from '../../components/chip.tsx'
import { Field } from '../../components/field.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useAreas } from '../../hooks/use-areas.ts'
import { useMyId } from '../../hooks/use-network.ts'
import { useProfile } from '../../hooks/use-profile.ts'
import { type Failure, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { type ProfileRow, profileLimits, skillKeys, spokenLanguages } from '../../records/profile/profile.ts'
import { EditScreen } from '../edit-screen.tsx'
import {
  type ProfileValue,
  profileFieldNames,
  profileValue,
  saveProfileCommand,
  toggled,
} from '../profile-form-value.ts'
import { spokenName } from '../profile-words.ts'
import { useEdit } from '../use-edit.ts'

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
  const edit = useEdit<ProfileValue>('profile', `/member/${me}`, t('state.saved'))
  const { draft, runner } = edit
  const { error } = runner
  const value = { ...profileValue(row), ...draft.value }
  const part = { value, onChange: draft.change, failure: error }
  const areas = useAreas()
  const save = () => void edit.save(saveProfileCommand(row, draft.value))
  return (
    <EditScreen
      title={t('type.profile')}
      under={<p class="soft">{t('profile.lead')}</p>}
      edit={edit}
      failure={error}
      fields={profileFieldNames}
      onSave={save}
    >
      <form
        class="stack roomy"
        onSubmit={(event) => {
          event.preventDefault()
          save()
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
    </EditScreen>
  )
}

const AboutMeScreen = () => {
  const me = String(useMyId() ?? '')
  const row = useProfile(me)
  return row === undefined || me === '' ? null : <Loaded row={row} me={me} />
}

export default AboutMeScreen
