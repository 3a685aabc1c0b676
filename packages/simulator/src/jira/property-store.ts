import type { Site } from '../world/model.ts'

/** What can carry properties of its own. */
export type PropertyOwner =
  | 'comment'
  | 'dashboardItem'
  | 'issue'
  | 'issuetype'
  | 'project'
  | 'user'
  | 'worklog'

const empty: ReadonlyMap<string, unknown> = new Map()

/** The properties of a thing; nothing is kept for those without any. */
export function propertiesOf({ jira }: Site, kind: PropertyOwner, id: string): ReadonlyMap<string, unknown> {
  return jira.properties.get(`${kind}/${id}`) ?? empty
}

/** Sets a property. Answers whether it is new. */
export function setProperty(
  { jira }: Site,
  owner: { readonly kind: PropertyOwner; readonly id: string; readonly key: string },
  value: unknown,
): boolean {
  const name = `${owner.kind}/${owner.id}`
  const known = jira.properties.get(name) ?? new Map<string, unknown>()
  jira.properties.set(name, known)
  const isNew = !known.has(owner.key)
  known.set(owner.key, value)
  return isNew
}

/** Takes a property away. Answers whether it was there. */
export function deleteProperty(
  { jira }: Site,
  owner: { readonly kind: PropertyOwner; readonly id: string; readonly key: string },
): boolean {
  const name = `${owner.kind}/${owner.id}`
  const known = jira.properties.get(name)
  const was = known?.delete(owner.key) ?? false
  if (known?.size === 0) jira.properties.delete(name)
  return was
}
