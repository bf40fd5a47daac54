/** Loaded before a server that is measured: says what it has used of processor and memory when its parent asks. */
process.on('message', () => process.send?.({ ...process.cpuUsage(), rss: process.memoryUsage.rss() }))
// the parent that went away asks no more
process.on('disconnect', () => process.exit(0))
