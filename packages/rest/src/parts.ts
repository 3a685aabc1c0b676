import { onDemand } from './on-demand.ts'

// What a program pays for when it needs it. A call that asks for JSON and gets it loads the transport and nothing else.

/** ky and what is sent through it. ky tries out the platform's `fetch` when it is loaded, so this waits for the first call. */
export const loadTransport = onDemand(() => import('./transport.ts'))

/**
 * What a call needs when it does not go as it should: what tells failures apart, a refusal, an answer that is not what was
 * asked for, a broken connection, and what decides whether another attempt follows.
 */
export const loadFailing = onDemand(() => import('./failing.ts'))

/** Pages and their cursors. */
export const loadPaging = onDemand(() => import('./pages/paging.ts'))

/** Answers that are streamed. */
export const loadDownload = onDemand(() => import('./download.ts'))

/** What a request needs that is more than a plain question: bodies, rare header fields, parameters that are no plain keys. */
export const loadWriting = onDemand(() => import('./writing.ts'))

/** Records for paths without one. */
export const loadRaw = onDemand(() => import('./raw.ts'))

/** Events, for those who watch. */
export const loadWatch = onDemand(() => import('./watch.ts'))
