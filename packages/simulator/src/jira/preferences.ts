import {
  getLocale,
  getPreference,
  removePreference,
  setLocale,
  setPreference,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { signedIn } from './rights.ts'
import { personalOf } from './sharing.ts'

/** What everybody has who has set nothing (documented: the keys). */
const usual: Readonly<Record<string, string>> = {
  'user.notifications.mimetype': 'html',
  'user.default.share.private': 'true',
  'user.keyboard.shortcuts.disabled': 'false',
  'user.autowatch.disabled': 'false',
  'user.notifiy.own.changes': 'false',
}

function keyIn({ query }: Call): string {
  return query.text('key') ?? refuse(jiraError(404, ['The key of the preference has to be given.']))
}

function get(call: Call): Reply {
  const { accountId } = signedIn(call)
  const key = keyIn(call)
  const value = personalOf(call.site, accountId).preferences.get(key) ?? usual[key]
  return value === undefined ? jiraError(404, [`The preference '${key}' is not set.`]) : ok(value)
}

/** The value is a JSON string; the service takes it for itself, or as `"value"` (documented). */
function set(call: Call): Reply {
  const { accountId } = signedIn(call)
  const key = keyIn(call)
  const { body } = call
  const value = body.kind === 'json' ? (asText(body.value) ?? refuseBinding()) : refuseBinding()
  personalOf(call.site, accountId).preferences.set(key, value)
  return empty()
}

export const preferenceHandlers: readonly Served[] = [
  serve(getPreference, ['key'], get),
  serve(setPreference, ['key'], set),
  serve(removePreference, ['key'], (call) => {
    const { accountId } = signedIn(call)
    const key = keyIn(call)
    if (personalOf(call.site, accountId).preferences.delete(key)) return empty()
    return jiraError(404, [`The preference '${key}' is not set.`])
  }),
  serve(getLocale, [], (call) => {
    const { accountId, locale } = signedIn(call)
    return ok({ locale: personalOf(call.site, accountId).preferences.get('jira.user.locale') ?? locale })
  }),
  serve(setLocale, [], (call) => {
    const { accountId } = signedIn(call)
    const locale = asText(bodyOf(call)['locale'])
    const { preferences } = personalOf(call.site, accountId)
    if (locale === undefined || !/^[a-z]{2}(?:_[A-Z]{2})?$/.test(locale)) {
      return jiraError(400, ['The locale has to be written as en_GB.'])
    }
    preferences.set('jira.user.locale', locale)
    return empty()
  }),
]
