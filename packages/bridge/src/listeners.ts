import { textMember } from './json/members.ts'
import { isJsonObject, objectIn, parseJsonObject, textsIn } from './json/object.ts'
import type { Notification } from './message.ts'
import { notificationOf, readMessage, textOf } from './message.ts'
import type { PendingRequest } from './pending.ts'
import { metaKeys } from './revisions.ts'
import { withMeta } from './translate/stamp.ts'

/** The subscriptions of a modern host that the bridge itself looks after. */
export interface Listeners {
  /** Opens a subscription, and names the resources it wants to be told of. */
  readonly open: (entry: PendingRequest) => readonly string[]
  /** Hands a notification to those who asked for it. */
  readonly tell: (notification: Notification) => void
}

interface Listener {
  readonly id: string
  readonly wants: (notification: Notification) => boolean
}

/** Which wish in the filter a notification answers. */
const wishes: Readonly<Record<string, string>> = {
  'notifications/tools/list_changed': 'toolsListChanged',
  'notifications/prompts/list_changed': 'promptsListChanged',
  'notifications/resources/list_changed': 'resourcesListChanged',
}

/** Makes the subscriptions. @see MCP 2026-07-28, `subscriptions/listen` */
export function createListeners(send: (bytes: Buffer) => void): Listeners {
  const open = new Map<string, Listener>()
  return {
    open({ request, signal }) {
      const { id, key, bytes, params } = request
      const filter = objectIn(params && parseJsonObject(textOf(bytes, params)), 'notifications')
      const uris = textsIn(filter, 'resourceSubscriptions') ?? []
      open.set(key, { id, wants: (notification) => isWanted(notification, filter, uris) })
      signal.addEventListener('abort', () => open.delete(key))
      const meta = `{${JSON.stringify(metaKeys.subscriptionId)}:${id}}`
      send(
        notificationOf(
          'notifications/subscriptions/acknowledged',
          `{"notifications":${JSON.stringify(filter)},"_meta":${meta}}`,
        ),
      )
      return uris
    },
    tell(notification) {
      for (const { id, wants } of open.values()) {
        if (wants(notification))
          send(withMeta(notification, `{${JSON.stringify(metaKeys.subscriptionId)}:${id}}`))
      }
    },
  }
}

function isWanted(notification: Notification, filter: object, uris: readonly string[]): boolean {
  const { method, bytes, params } = notification
  if (method === 'notifications/resources/updated') {
    const uri = textMember(bytes, params, 'uri')
    return uri !== undefined && uris.includes(uri)
  }
  const wish = wishes[method]
  return wish !== undefined && isJsonObject(filter) && filter[wish] === true
}

/** A notification of the bridge's own, as a message. */
export function ownNotification(method: string): Notification {
  const message = readMessage(notificationOf(method))
  if (message.kind !== 'notification') throw new Error(`${method} does not make a notification.`)
  return message
}
