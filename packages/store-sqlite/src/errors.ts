/**
 * - `unwritable`: the file or its folder cannot be created or written
 * - `foreign`: the file is no database, or another program's
 * - `newer_schema`: the file was written by a later version
 */
export type SqliteStoreErrorCode = 'unwritable' | 'foreign' | 'newer_schema'

/** A database file that cannot be used. The message says what to do, and names the path. */
export class SqliteStoreError extends Error {
  override readonly name = 'SqliteStoreError'
  readonly code: SqliteStoreErrorCode

  constructor(code: SqliteStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
