/** One member of a `RateLimit` or `RateLimit-Policy` field: a name and its numbers. */
export interface PolicyItem {
  readonly name: string
  /** `r`, `t`, `q`, `w` and others. What is no whole number is left out. */
  readonly numbers: Readonly<Record<string, number>>
}

/** No honest field is longer. */
const longest = 2000

/**
 * Reads a list of policies and never throws. Members that cannot be read are passed over, and no parameter is required:
 * Atlassian leaves `r` out while all is well, where the draft demands it (reported).
 */
export function readPolicies(field: string | null): readonly PolicyItem[] {
  if (field === null) return []
  const items: PolicyItem[] = []
  for (const [, name = '', parameters = ''] of field.slice(0, longest).matchAll(member)) {
    const numbers: Record<string, number> = {}
    for (const [, key = '', value] of parameters.matchAll(parameter)) numbers[key] = Number(value)
    items.push({ name, numbers })
  }
  return items
}

const member = /"([^"\\,;]{1,80})"\s*((?:;(?:[^",;]|"[^"\\]*")*)*)/g
const parameter = /;\s*([a-z*][\w*.-]*)\s*=\s*(\d{1,15})(?=\s*(?:;|$))/g
