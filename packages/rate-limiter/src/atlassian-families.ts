/** Operations of one site that have a limit together, beside their own. */
interface Family {
  readonly name: string
  readonly path: RegExp
  readonly methods?: readonly string[]
  /** Requests a second to begin with. */
  readonly rate?: number
  /** At a time. */
  readonly slots?: number
}

/**
 * Families by the end of their templates. The searches for people share one limit without a number, bulk work is five at a
 * time, and customers of a service desk are listed five times a second (documented). Confluence protects search, permissions
 * and administration more than the rest and publishes no number (documented): a careful beginning.
 */
export const families: readonly Family[] = [
  {
    name: 'user-search',
    path: /\/api\/[^/]+\/user\/(?:assignable\/|permission\/|picker$|search(?:\/|$)|viewissue\/)/,
    rate: 10,
  },
  { name: 'bulk', path: /\/bulk\/issues\/\w+$/, methods: ['POST'], slots: 5 },
  { name: 'service-customers', path: /\/servicedeskapi\/(?:servicedesk\/[^/]+\/)?customer$/, rate: 5 },
  { name: 'service-search', path: /\/servicedeskapi\/(?:servicedesk\/[^/]+\/)?knowledgebase\//, rate: 10 },
  { name: 'confluence-search', path: /^\/wiki\/.*\/search(?:\/\w+)?$/, rate: 10 },
  {
    name: 'confluence-permissions',
    path: /^\/wiki\/.*\/(?:permissions?|restriction|role-assignments|space-roles)(?:\/|$)/,
    rate: 5,
  },
  {
    name: 'confluence-administration',
    path: /^\/wiki\/.*\/(?:settings|group|audit|admin-key|template)(?:\/|$)/,
    rate: 5,
  },
]

/**
 * The families of an operation, for keys such as `family:SITE/user-search`. Give the template of its record, not the address
 * of a call.
 */
export function atlassianFamilies({
  method,
  path,
}: {
  readonly method: string
  readonly path: string
}): readonly string[] {
  return families
    .filter(({ path: pattern, methods }) => pattern.test(path) && (methods?.includes(method) ?? true))
    .map(({ name }) => name)
}
