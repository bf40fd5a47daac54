/** What went wrong with the whole; a fault of one answer stands beside it. */

import { StatusLine } from '../../components/status-line.tsx'
import { errorWords, type Failure } from '../../i18n/error-words.ts'
import { stepOfFailure } from './visit-value.ts'

export const VisitFailure = ({ failure }: { failure: Failure | null }) => (
  <div role="alert">
    {failure && stepOfFailure(failure) === null && (
      <StatusLine icon="warning" tone="urgent">
        {errorWords(failure)}
      </StatusLine>
    )}
  </div>
)
