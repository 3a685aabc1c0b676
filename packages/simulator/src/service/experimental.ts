import type { Served } from '../http/call.ts'
import { serviceError } from './answers.ts'

/** Operations that may change without notice are answered to those alone who say that they know (reported: 412). */
export function optedIn(served: Served): Served {
  const { operation, run } = served
  if (operation.experimental !== true) return served
  return {
    ...served,
    run: (call) =>
      call.headers.get('x-experimentalapi')?.toLowerCase() === 'opt-in'
        ? run(call)
        : serviceError(412, 'This API is experimental. Opt in with the header X-ExperimentalApi: opt-in.'),
  }
}
