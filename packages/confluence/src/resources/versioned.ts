import { type CallOptions, type Operation, type Rest, isAtlassianError } from '@telamon/rest'

import { type NewBody, type WrittenBody, writtenBody } from '../bodies.ts'

/** What a page or post was when it was read: a change builds on it, and fails when somebody was faster. */
export interface From {
  readonly title: string
  readonly status: string
  readonly version: { readonly number: number }
}

/** A change of a page or post. */
export interface ContentChange {
  /** The page as it was read. A newer version there is answered by the error `conflict`. */
  readonly from: From
  readonly body: NewBody
  /** Default: as it was. */
  readonly title?: string
  /** Is shown in the history. */
  readonly message?: string
  /** Publishes a draft, or saves one. Default: as it was. */
  readonly status?: 'current' | 'draft'
}

interface Written {
  readonly id: string
  readonly title: string
  readonly status: 'current' | 'draft'
  readonly body: WrittenBody
  readonly version: { readonly number: number; readonly message?: string }
}

/** A change as the API takes it, with the number of the version it makes: one more, and always 1 for drafts (documented). */
export function written(
  id: string,
  { from, body, title = from.title, message, status }: ContentChange,
): Written {
  const wanted = status ?? (from.status === 'draft' ? 'draft' : 'current')
  const number = wanted === 'draft' ? 1 : from.version.number + 1
  return {
    id,
    title,
    status: wanted,
    body: writtenBody(body),
    version: { number, ...(message !== undefined && { message }) },
  }
}

interface Saved {
  readonly title: string
  readonly version: { readonly number: number; readonly message?: string | null }
}

/**
 * Sends a change. When an attempt was lost on its way and its repetition meets a conflict, the conflict may be with the
 * change itself: if the newest version is the one that was sent, it is done.
 */
export async function save<Item extends Saved>(
  { call }: Rest,
  {
    send,
    read,
    change,
  }: {
    readonly send: () => Promise<Item>
    readonly read: Operation<{ path: { id: string | number } }, Item>
    readonly change: Written
  },
  options: CallOptions | undefined,
): Promise<Item> {
  try {
    return await send()
  } catch (error) {
    if (!isAtlassianError(error, 'conflict') || error.outcome !== 'unknown') throw error
    const now = await call(read, { path: { id: change.id } }, options)
    const { number, message = '' } = change.version
    if (
      now.version.number !== number ||
      now.title !== change.title ||
      (now.version.message ?? '') !== message
    )
      throw error
    return now
  }
}
