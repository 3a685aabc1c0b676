import type { Call } from '../http/call.ts'
import { rest, timeOf, userView, type View } from '../jira/view.ts'
import { dayOf } from '../world/time.ts'

const day = 86_400_000

/** A day and a time in words: today and yesterday by name, the last week by its days (documented in examples). */
function inWords({ caller, site, clock }: Pick<Call, 'caller' | 'site' | 'clock'>, instant: number): string {
  const timeZone = caller.person?.timeZone ?? site.timeZone
  const write = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(instant)
  const time = write({ hour: 'numeric', minute: '2-digit' })
  const now = clock.now()
  if (dayOf(instant, timeZone) === dayOf(now, timeZone)) return `Today ${time}`
  if (dayOf(instant, timeZone) === dayOf(now - day, timeZone)) return `Yesterday ${time}`
  if (instant < now && now - instant < 7 * day) return `${write({ weekday: 'long' })} ${time}`
  return `${write({ day: '2-digit' })}/${write({ month: 'short' })}/${write({ year: '2-digit' })} ${time}`
}

/** A moment in four forms (documented). */
export function dateView(
  view: Pick<Call, 'caller' | 'site' | 'clock'>,
  instant: number,
): Record<string, unknown> {
  const jira = timeOf(view, instant)
  return {
    iso8601: jira.replace(/\.\d{3}/, ''),
    jira,
    friendly: inWords(view, instant),
    epochMillis: instant,
  }
}

/** A length of time in hours and minutes (documented; the words are inferred). */
export function durationView(millis: number): Record<string, unknown> {
  const minutes = Math.floor(Math.abs(millis) / 60_000)
  const [hours, rest60] = [Math.floor(minutes / 60), minutes % 60]
  const words = [
    ...(hours > 0 ? [`${hours}h`] : []),
    ...(rest60 > 0 || hours === 0 ? [`${rest60}m`] : []),
  ].join(' ')
  return { millis, friendly: millis < 0 ? `-${words}` : words }
}

/** A person as service management shows one (documented). */
export function personView(view: View, accountId: string | null): Record<string, unknown> | undefined {
  const shown = userView(view, accountId)
  if (!shown || accountId === null) return undefined
  const { displayName, active, timeZone, avatarUrls, emailAddress, self } = shown
  return {
    accountId,
    ...(emailAddress !== undefined && { emailAddress }),
    displayName,
    active,
    timeZone,
    _links: {
      jiraRest: rest(view, `user?accountId=${encodeURIComponent(accountId)}`).replace(
        '/rest/api/3/',
        '/rest/api/2/',
      ),
      avatarUrls,
      self,
    },
  }
}

/** People by name, for lists. */
export function byName({ world }: Pick<Call, 'world'>, accountIds: Iterable<string>): readonly string[] {
  const nameOf = (accountId: string): string => world.people.get(accountId)?.displayName ?? ''
  return [...accountIds].toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}
