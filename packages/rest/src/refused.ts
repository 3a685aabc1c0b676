import { AtlassianError } from './errors.ts'
import type { OperationSpec } from './operation.ts'

/** The error for input that is refused before anything is sent. */
export function refused(operation: OperationSpec, detail: string): AtlassianError {
  return new AtlassianError({ code: 'invalid_request', operation, detail })
}
