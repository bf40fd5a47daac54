/** Parts of Dexie that serve screens which look at live queries are left out of databases here: nobody looks at them. */

// before Dexie, which looks once whether there is a disk
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'

Dexie.addons.push((database) => {
  for (const name of ['Observability', 'Cache']) database.unuse({ stack: 'dbcore', name })
})
