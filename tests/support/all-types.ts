/** Every type of record that this version knows, those too whose code comes later. */
import { laterTypes } from '../../src/records/later-records.ts'
import type { RecordType } from '../../src/records/record-type.ts'
import { recordTypes } from '../../src/records/record-types.ts'

export const allTypes: readonly RecordType[] = [...recordTypes, ...laterTypes]

export const typeNamed = (name: string | undefined): RecordType | undefined =>
  allTypes.find((type) => type.name === name)
