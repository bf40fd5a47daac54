/** One of the roles, with what it means in words. */

import '../components/styles/people.css'
import type { IconName } from '../components/icon.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { t } from '../i18n/translate.ts'
import type { RoleName } from './people-rules.ts'

export const roleIcons: Readonly<Record<RoleName, IconName>> = {
  coordinator: 'shield',
  member: 'person',
  follower: 'book',
}

interface RoleChoiceProps {
  legend: string
  roles: readonly RoleName[]
  value: RoleName
  onChange: (role: RoleName) => void
}

export const RoleChoice = ({ legend, roles, value, onChange }: RoleChoiceProps) => (
  <div class="role-cells stack tight">
    <SegmentedChoice
      legend={legend}
      options={roles.map((role) => ({ value: role, label: t(`role.${role}`), icon: roleIcons[role] }))}
      value={value}
      onChange={onChange}
    />
    <p class="soft">{t(`member.${value}`)}</p>
  </div>
)
