/**
 * Why an input was refused as a whole: `not_adf` is no document or node, `too_large` and `too_deep` are beyond a limit,
 * `malformed` is a storage body whose XML does not close what it opens, `conflict` is an edit of something that has moved
 * on, `not_found` an address or heading that the document does not have, `invalid` an edit whose result would not be ADF.
 */
export type AdfErrorCode =
  | 'conflict'
  | 'invalid'
  | 'malformed'
  | 'not_adf'
  | 'not_found'
  | 'too_deep'
  | 'too_large'

/** The one error of this package. Its message says what to do next and holds no text of the document. */
export class AdfError extends Error {
  override readonly name = 'AdfError'
  readonly code: AdfErrorCode

  constructor(code: AdfErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Whether a caught value is an `AdfError`, of this or another copy of the package, and of that code if one is given. */
export function isAdfError(error: unknown, code?: AdfErrorCode): error is AdfError {
  return (
    error instanceof Error &&
    error.name === 'AdfError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  )
}
