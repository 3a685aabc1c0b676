import { BridgeError } from '../bridge-error.ts'

/** Says of what went wrong on the way that it was the sign-in that failed. */
export async function explained<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof BridgeError) throw error
    const reason = error instanceof Error ? error.message : ''
    throw new BridgeError('sign_in_failed', `The sign-in failed. ${reason} Sign in again.`, { cause: error })
  }
}
