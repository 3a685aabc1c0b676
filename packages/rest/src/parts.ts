import { onDemand } from './on-demand.ts'

// What a program pays for when it needs it. A call that asks for JSON and gets it loads the transport and nothing else.

/** ky and what is sent through it. ky tries out the platform's `fetch` when it is loaded, so this waits for the first call. */
export const loadTransport = onDemand(() => import('./transport.ts'))

/** What tells failures apart: a refusal, an answer that is not what was asked for, a broken connection. */
export const loadFailing = onDemand(() => import('./failing.ts'))

/** What decides whether a failed attempt is followed by another. */
export const loadRecovery = onDemand(() => import('./recovery.ts'))

/** Pages and their cursors. */
export const loadPaging = onDemand(() => import('./pages/paging.ts'))

/** Answers that are streamed. */
export const loadDownload = onDemand(() => import('./download.ts'))

/** Bodies of requests, and among them those that are streamed. */
export const loadPayload = onDemand(() => import('./payload.ts'))
export const loadUpload = onDemand(() => import('./upload.ts'))

/** Records for paths without one. */
export const loadRaw = onDemand(() => import('./raw.ts'))

/** Events, for those who watch. */
export const loadWatch = onDemand(() => import('./watch.ts'))

/** What ties a limiter to calls, for those who have one. */
export const loadLimiterParts = onDemand(() => import('./limiter-parts.ts'))
