export { SqliteStoreError } from './errors.ts'
export type { SqliteStoreErrorCode } from './errors.ts'
export { createSqliteStore } from './store.ts'
export type { SqliteStore, SqliteStoreOptions } from './store.ts'
