import type { OperationSpec } from './operation.ts'
import { loadFailing } from './parts.ts'

/** Input that is not sent. Thrown inside this package only: callers see the `AtlassianError` that `refusing` makes of it. */
export class Refusal extends Error {}

/** Runs what may refuse its input, in the name of an operation. */
export async function refusing<Value>(
  operation: OperationSpec,
  run: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { refused } = await loadFailing()
    throw refused(operation, error.message)
  }
}
