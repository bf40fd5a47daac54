/** What the relay tells its operator: events and counts, never content, names, ids or addresses. */

export interface Log {
  info(fields: Readonly<Record<string, number | string | boolean>>, event: string): void
  warn(fields: Readonly<Record<string, number | string | boolean>>, event: string): void
  error(fields: Readonly<Record<string, number | string | boolean>>, event: string): void
}
