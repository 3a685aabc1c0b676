import { BridgeError } from './bridge-error.ts'
import type { Answer } from './message.ts'
import { keyOfId, notificationOf, requestOf } from './message.ts'

/** Questions of the bridge's own to a host of the legacy era. */
export interface Questions {
  /** Asks, and resolves with the answer, be it a result or an error. Tells the host when the question is taken back. */
  readonly ask: (method: string, params: string, signal: AbortSignal) => Promise<Answer>
  /** Takes an answer. False: it belongs to no question of ours. */
  readonly take: (answer: Answer) => boolean
}

/** Makes the bridge's questions. */
export function createQuestions(send: (bytes: Buffer) => void, nextId: () => string): Questions {
  const open = new Map<string, (answer: Answer) => void>()
  return {
    ask(method, params, signal) {
      const id = nextId()
      const key = keyOfId(id) ?? ''
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          open.delete(key)
          signal.removeEventListener('abort', giveUp)
        }
        const giveUp = (): void => {
          settle()
          send(notificationOf('notifications/cancelled', JSON.stringify({ requestId: id })))
          reject(new BridgeError('closing', 'The question was taken back.'))
        }
        if (signal.aborted) return reject(new BridgeError('closing', 'The question was taken back.'))
        signal.addEventListener('abort', giveUp)
        open.set(key, (answer) => {
          settle()
          resolve(answer)
        })
        send(requestOf(JSON.stringify(id), method, params))
      })
    },
    take(answer) {
      const settle = answer.key === undefined ? undefined : open.get(answer.key)
      settle?.(answer)
      return settle !== undefined
    },
  }
}
