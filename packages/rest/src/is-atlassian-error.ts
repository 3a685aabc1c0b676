import type { AtlassianError, ErrorCode } from './errors.ts'

/** What an error of this package carries, whichever copy of it threw. */
export const brand: unique symbol = Symbol.for('@telamon/rest.AtlassianError')

/** Also knows an error that another installed copy of this package has thrown. With a code, asks for that one. */
export function isAtlassianError(error: unknown, code?: ErrorCode): error is AtlassianError {
  return (
    typeof error === 'object' &&
    error !== null &&
    brand in error &&
    error[brand] === true &&
    (code === undefined || ('code' in error && error.code === code))
  )
}
