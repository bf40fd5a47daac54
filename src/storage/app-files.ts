/** What a page and the service worker agree on about the files that the app is made of. */

/** Cache of the files whose names hold a hash of what is in them, each under its path. */
export const appFilesCache = 'app-files'

/** Cache and path of what this phone wants of them, for the service worker, which may run without a page. */
export const wantedCache = 'wanted'
export const wantedPath = '/wanted'

export interface Wanted {
  /** the words of this language, for a start without a link; BCP 47 */
  language: string
  /** what few people do is fetched when it is opened, not ahead */
  savesData: boolean
}

/** A page says so when the wish may have changed, or there may be a link; the answer, on the port it sends, is true once all is here. */
export const fetchRestMessage = 'FETCH_REST'
