/** Why a packet cannot be used, in a sentence. */

import { StatusLine } from '../../components/status-line.tsx'
import type { CommandRunner } from '../../hooks/use-command.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

export const ProblemLine = ({ error }: { error: NonNullable<CommandRunner['error']> }) => (
  <StatusLine icon="warning" tone="urgent">
    {error.code === 'packet' ? t(`packet.${error.problem}`) : errorWords(error)}
  </StatusLine>
)
