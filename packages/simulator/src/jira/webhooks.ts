import {
  deleteWebhookById,
  getDynamicWebhooksForApp,
  refreshWebhooks,
  registerDynamicWebhooks,
} from '@telamon/jira/operations'
import { parseJql } from '@telamon/query'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Webhook } from '../world/jira/site-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { pageBean, windowOf } from './page.ts'

/** Registrations end after so many milliseconds unless they are refreshed (documented: 30 days). */
const lifetime = 30 * 24 * 3_600_000

const mostPerApp = 100

const known = new Set(
  [
    'jira:issue_created jira:issue_updated jira:issue_deleted comment_created comment_updated comment_deleted',
    'issue_property_set issue_property_deleted sprint_created sprint_updated sprint_closed sprint_deleted',
    'sprint_started jira:version_released jira:version_unreleased jira:version_created jira:version_moved',
    'jira:version_updated jira:version_deleted issuelink_created issuelink_deleted worklog_created',
    'worklog_updated worklog_deleted attachment_created attachment_deleted',
  ].flatMap((names) => names.split(' ')),
)

/** The app that asks. Only apps have webhooks of this kind (documented: 403). */
function appOf({ caller }: Call): string {
  return caller.clientId ?? refuse(jiraError(403, ['Only Connect and OAuth 2.0 apps can register webhooks.']))
}

/** The registrations of an app that are still alive. */
function ofApp(call: Call, clientId: string): readonly Webhook[] {
  const now = call.clock.now()
  return [...call.site.jira.webhooks.values()].filter(
    (webhook) => webhook.clientId === clientId && webhook.expires > now,
  )
}

function register(call: Call): Reply {
  const clientId = appOf(call)
  const body = bodyOf(call)
  const url = asText(body['url']) ?? ''
  const wanted = asList(body['webhooks']) ?? refuseBinding()
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    return jiraError(400, ['The url has to be an address that begins with https.'])
  }
  let count = ofApp(call, clientId).length
  const results = wanted.map((one) => {
    const { jqlFilter, events } = asObject(one) ?? refuseBinding()
    const jql = asText(jqlFilter) ?? ''
    const names = (asList(events) ?? []).map(String)
    const [error] = parseJql(jql).errors
    const unknown = names.find((name) => !known.has(name))
    const errors = [
      ...(error ? [error.message] : []),
      ...(names.length === 0 ? ['At least one event has to be named.'] : []),
      ...(unknown === undefined ? [] : [`The event '${unknown}' is not known.`]),
      ...(count >= mostPerApp ? [`An app can have at most ${mostPerApp} webhooks.`] : []),
    ]
    if (errors.length > 0) return { errors }
    count += 1
    const webhook: Webhook = {
      id: nextId(call.world, 'webhook', call.site.cloudId),
      clientId,
      url,
      events: names,
      jqlFilter: jql,
      expires: call.clock.now() + lifetime,
    }
    call.site.jira.webhooks.set(webhook.id, webhook)
    return { createdWebhookId: Number(webhook.id) }
  })
  return ok({ webhookRegistrationResult: results })
}

/** The app's own registrations among those that a body names. */
function named(call: Call): readonly Webhook[] {
  const own = ofApp(call, appOf(call))
  const ids = new Set((asList(bodyOf(call)['webhookIds']) ?? refuseBinding()).map((id) => asId(id)))
  return own.filter(({ id }) => ids.has(id))
}

const webhookView = ({ id, jqlFilter, events, expires, url }: Webhook): Record<string, unknown> => ({
  id: Number(id),
  jqlFilter,
  fieldIdsFilter: [],
  issuePropertyKeysFilter: [],
  events,
  expirationDate: expires,
  url,
})

/** Registrations are kept and end; nothing is sent from here, since the simulator calls nobody. */
export const webhookHandlers: readonly Served[] = [
  serve(registerDynamicWebhooks, [], register),
  serve(getDynamicWebhooksForApp, ['startAt', 'maxResults'], (call) => {
    const path = '/rest/api/3/webhook'
    return ok(
      pageBean(call, ofApp(call, appOf(call)), { path, window: windowOf(call, 100), view: webhookView }),
    )
  }),
  serve(refreshWebhooks, [], (call) => {
    const expires = call.clock.now() + lifetime
    for (const webhook of named(call)) webhook.expires = expires
    return ok({ expirationDate: expires })
  }),
  serve(deleteWebhookById, [], (call) => {
    for (const { id } of named(call)) call.site.jira.webhooks.delete(id)
    return { status: 202 }
  }),
]
