/** What comments, reports and hiding are about. */

export interface TalkAbout {
  type: 'need' | 'offer' | 'comment'
  id: string
  /** who wrote it */
  creator: string
}
