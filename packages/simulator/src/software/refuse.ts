import { json, refuse, type Reply } from '../http/reply.ts'

/** An error of the agile API: sentences alone, without the `errors` of the platform (reported). */
export function agileError(status: number, message: string): Reply {
  return json(status, { errorMessages: [message] })
}

/** Ends the call with an error of the agile API. */
export function refuseAgile(status: number, message: string): never {
  return refuse(agileError(status, message))
}
