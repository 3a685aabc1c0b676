import type { Claim } from './claim.ts'
import { claims } from './claims.ts'

const departures: ReadonlyMap<string, Claim> = new Map(
  claims.flatMap((claim) =>
    (claim.departs ?? []).flatMap((status) =>
      claim.operations.map((operation) => [`${operation} ${status}`, claim] as const),
    ),
  ),
)

/** The claim that an operation has a status, though its document does not list it. */
export function departureOf(document: string, operation: string, status: number): Claim | undefined {
  const names = [operation, `${document}/${operation}`, 'every operation']
  return names.map((name) => departures.get(`${name} ${status}`)).find((claim) => claim !== undefined)
}
