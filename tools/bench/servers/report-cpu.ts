/** Loaded before a server that is measured: says how much of the processor it has used when its parent asks. */
process.on('message', () => process.send?.(process.cpuUsage()))
// the parent that went away asks no more
process.on('disconnect', () => process.exit(0))
