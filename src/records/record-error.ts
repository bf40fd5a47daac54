/** Every way in which a command about a record can fail; each has a sentence in `locales` under `err.<code>`. */

export type RecordError =
  /** `field` names the form field (`contact.phone` inside a group), `limit` its bound where it has one */
  | {
      code: 'invalid'
      field: string
      rule: 'required' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'format'
      limit?: number
    }
  /** not here (yet), or erased */
  | { code: 'notFound' }
  /** the rules of the record's type refuse it to this author */
  | { code: 'notAllowed' }
  /** this member has a live claim on this need already */
  | { code: 'alreadyTaken' }
  /** only who wrote the thing coordinates: nobody could judge what is told about it */
  | { code: 'nobodyToTell' }
