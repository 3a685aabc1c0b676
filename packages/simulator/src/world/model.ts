import type { AuthState } from './auth-model.ts'
import type { ConfluenceState } from './confluence-model.ts'
import type { JiraState } from './jira-model.ts'
import type { Sequences } from './random.ts'
import type { ServiceState } from './service-model.ts'
import type { SoftwareState } from './software-model.ts'

/** Everything there is. Plain data, maps and sets only, so that a snapshot is the whole of it. */
export interface World {
  /** The form of this data; a snapshot of another form is refused. */
  readonly format: 2
  /** When the world was made, in milliseconds since 1970. Its story is told relative to that moment. */
  readonly createdAt: number
  readonly people: Map<string, Person>
  readonly sites: Map<string, Site>
  readonly auth: AuthState
  readonly sequences: Sequences
}

/** An Atlassian account: a person, or an app that acts as one. Keyed by account id. */
export interface Person {
  readonly accountId: string
  /** A short name for tests and stories, such as `maya`. */
  readonly handle: string
  displayName: string
  readonly email: string
  /** Whether the account hides its e-mail address from others. */
  readonly emailHidden: boolean
  /** One sentence for the sign-in page: who this is, and what this person can see. */
  readonly about: string
  readonly accountType: 'atlassian' | 'app' | 'customer'
  active: boolean
  /** An IANA name, such as `Europe/Stockholm`. Times are shown and understood in it. */
  readonly timeZone: string
  readonly locale: string
  /** Whether the account is offered on the sign-in page. */
  readonly canSignIn: boolean
}

/** The two products a person may enter on a site. */
export type ProductName = 'jira' | 'confluence'

/** What a member of a site may do there. */
interface Member {
  readonly products: readonly ProductName[]
  readonly admin: boolean
}

/** A set of accounts with a name, by which permissions are given. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly members: Set<string>
}

/** A site. Its key in the world is the cloud id. */
export interface Site {
  readonly cloudId: string
  /** The first label of the host, such as `brightwater-demo`. */
  readonly name: string
  /** What people call it. */
  readonly title: string
  /** An IANA name; what anonymous callers are shown. */
  readonly timeZone: string
  readonly members: Map<string, Member>
  readonly groups: Map<string, Group>
  readonly jira: JiraState
  readonly software: SoftwareState
  readonly service: ServiceState
  readonly confluence: ConfluenceState
}
