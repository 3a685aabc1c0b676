import { json } from './replies.ts'

/** What readiness depends on. */
export interface Health {
  /** Whether what the server needs (its store, above all) is there. Rejecting counts as no. */
  readonly ready: (options: { readonly signal: AbortSignal }) => Promise<boolean>
}

/** How long an answer to `/readyz` may take, in milliseconds. */
const patience = 2000

/** `/healthz`: the process answers. It says nothing about anybody else, so that a restart is never for another's fault. */
export function live(): Response {
  return json(200, { status: 'ok' })
}

/** `/readyz`: whether this instance should be sent requests. */
export async function ready(health: Health | undefined, draining: boolean): Promise<Response> {
  if (draining) return json(503, { status: 'draining' })
  return (await isReady(health)) ? json(200, { status: 'ready' }) : json(503, { status: 'unavailable' })
}

async function isReady(health: Health | undefined): Promise<boolean> {
  if (health === undefined) return true
  const signal = AbortSignal.timeout(patience)
  try {
    return await Promise.race([health.ready({ signal }), expired(signal)])
  } catch {
    // Not being able to say is the same as no.
    return false
  }
}

function expired(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }))
}
