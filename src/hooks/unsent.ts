/** What is still on this phone only: things with any change that has not left, and things that have not left at all. */

export interface Unsent {
  /** something about it has not left this phone */
  has(recordId: string): boolean
  /** nothing of it has: nobody else can know that it is there */
  isNew(recordId: string): boolean
}
