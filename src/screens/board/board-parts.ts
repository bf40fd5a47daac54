/** What `useBoardParts` fetches. */

export { FilterSheet } from './filter-sheet.tsx'
export { FoundList } from './found-list.tsx'
