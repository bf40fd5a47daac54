/**
 * Types of record that nobody needs in his first minutes, in one chunk that the engine fetches beside its start
 * (`engine/type-book.ts`). A new type is a line in each of the three lists here (README.md).
 */

import type { Result } from '../../sync-server/protocol/result.ts'
import { askType } from './ask/ask.ts'
import { type AskCommand, askDrafts } from './ask/commands.ts'
import { categoryType } from './category/category.ts'
import { type CategoryCommand, categoryDrafts } from './category/commands.ts'
import { type CommentCommand, commentDrafts } from './comment/commands.ts'
import { commentType } from './comment/comment.ts'
import { type ConfirmationCommand, confirmationDrafts } from './confirmation/commands.ts'
import { confirmationType } from './confirmation/confirmation.ts'
import type { Drafted } from './draft.ts'
import { type ExportNoteCommand, exportNoteDrafts } from './export-note/commands.ts'
import { exportNoteType } from './export-note/export-note.ts'
import { type HidingCommand, hidingDrafts } from './hiding/commands.ts'
import { hidingType } from './hiding/hiding.ts'
import { type AddManyCommand, addManyDrafts } from './need/add-many.ts'
import { type HandOnCommand, handOnDrafts } from './need/hand-on.ts'
import { type TakeBackCommand, takeBackDrafts } from './need/take-back.ts'
import { type PromiseHoursCommand, promiseHoursDrafts } from './promise-hours/commands.ts'
import { promiseHoursType } from './promise-hours/promise-hours.ts'
import type { RecordError } from './record-error.ts'
import type { CommandContext, RecordType } from './record-type.ts'
import { type ReportCommand, reportDrafts } from './report/commands.ts'
import { reportType } from './report/report.ts'
import { type SameAsCommand, sameAsDrafts } from './same-as/commands.ts'
import { sameAsType } from './same-as/same-as.ts'

export const laterTypes: readonly RecordType[] = [
  confirmationType,
  commentType,
  reportType,
  hidingType,
  sameAsType,
  askType,
  exportNoteType,
  categoryType,
  promiseHoursType,
]

export type LaterCommand =
  | ConfirmationCommand
  | CommentCommand
  | ReportCommand
  | HidingCommand
  | SameAsCommand
  | TakeBackCommand
  | HandOnCommand
  | AddManyCommand
  | ExportNoteCommand
  | AskCommand
  | CategoryCommand
  | PromiseHoursCommand

/** As `draftsFor` in commands.ts. */
export const laterDrafts = async (
  command: LaterCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  switch (command.type) {
    case 'confirmation.say':
      return confirmationDrafts(command, context)
    case 'comment.add':
    case 'comment.erase':
      return commentDrafts(command, context)
    case 'report.add':
    case 'report.withdraw':
    case 'report.close':
      return reportDrafts(command, context)
    case 'hiding.add':
    case 'hiding.lift':
      return hidingDrafts(command, context)
    case 'ask.add':
    case 'ask.withdraw':
      return askDrafts(command, context)
    case 'need.hand':
    case 'need.open':
      return handOnDrafts(command, context)
    case 'need.takeBack':
      return takeBackDrafts(command, context)
    case 'need.addMany':
      return addManyDrafts(command, context)
    case 'exportNote.add':
      return exportNoteDrafts(command, context)
    case 'promiseHours.set':
      return promiseHoursDrafts(command, context)
    case 'category.add':
    case 'category.edit':
      return categoryDrafts(command, context)
    case 'sameAs.merge':
    case 'sameAs.apart':
    case 'sameAs.undo':
      return sameAsDrafts(command, context)
  }
}
