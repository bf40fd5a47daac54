/** The first tenth of the 300 troubled networks in every run of the tests; `npm run sim -- --seeds N` runs as many as one likes. */

import { holdSeeds } from './held-seeds.ts'

holdSeeds(0)
