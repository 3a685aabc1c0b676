import { asInteger, asObject, asText, isObject, type JsonObject } from '../http/value.ts'
import type { Fault, FaultMatch, FaultRule } from './fault.ts'

type ReadRule =
  | { readonly ok: true; readonly rule: FaultRule }
  | { readonly ok: false; readonly error: string }

/** What a member of a fault has to be. */
type Reader = (value: unknown) => boolean

const isNumber: Reader = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
const isText: Reader = (value) => typeof value === 'string'
const isCount: Reader = (value) => (asInteger(value) ?? -1) >= 0
const isTexts: Reader = (value) => Array.isArray(value) && value.every(isText)
const isFields: Reader = (value) => isObject(value) && Object.values(value).every(isText)
const oneOf =
  (...values: readonly unknown[]): Reader =>
  (value) =>
    values.includes(value)

interface Members {
  readonly needed?: Readonly<Record<string, Reader>>
  readonly allowed?: Readonly<Record<string, Reader>>
}

/** The members of each kind of fault. */
const faultMembers: Readonly<Record<Fault['kind'], Members>> = {
  'rate-limited': {
    allowed: {
      retryAfter: (value) => value === null || isNumber(value) || isText(value),
      reason: isText,
      limit: isNumber,
      headers: isFields,
    },
  },
  error: {
    needed: { status: oneOf(500, 502, 503, 504) },
    allowed: { body: oneOf('json', 'html', 'empty'), retryAfter: isNumber, headers: isFields },
  },
  unauthorized: {},
  'expired-token': {},
  'revoked-grant': {},
  'scope-mismatch': {},
  policy: { allowed: { message: isText } },
  'not-found': {},
  conflict: {},
  'lose-answer': {},
  hang: {},
  reset: { allowed: { afterBytes: isCount } },
  'slow-answer': { needed: { milliseconds: isNumber } },
  'slow-body': { needed: { bytesPerSecond: (value) => isNumber(value) && value !== 0 } },
  html: {},
  'wrong-type': { allowed: { contentType: isText } },
  truncated: { needed: { bytes: isCount } },
  garbage: { needed: { bytes: isCount } },
  omit: { needed: { members: isTexts } },
  'redirect-loop': {},
}

const isKind = (text: string | undefined): text is Fault['kind'] =>
  text !== undefined && Object.hasOwn(faultMembers, text)

const matchers = [
  'operation',
  'method',
  'path',
  'site',
  'person',
] as const satisfies readonly (keyof FaultMatch)[]

const ruleMembers: Readonly<Record<string, Reader>> = {
  times: (value) => value === 'always' || isCount(value),
  after: isCount,
  share: (value) => isNumber(value) && Number(value) <= 1,
  seed: (value) => asInteger(value) !== undefined,
}

/** Reads a rule as it comes from outside. The refusal says which member is wrong, and what there is. */
export function readFaultRule(given: unknown): ReadRule {
  const { fault, match, ...rest } = asObject(given) ?? {}
  const { kind: named, ...members } = asObject(fault) ?? {}
  const kind = asText(named)
  if (!isKind(kind)) return refused(`"fault.kind" has to be one of ${Object.keys(faultMembers).join(', ')}.`)
  const { needed = {}, allowed = {} } = faultMembers[kind]
  for (const name of Object.keys(needed))
    if (!(name in members)) return refused(`A fault of the kind ${kind} needs "${name}".`)
  const wrong =
    wrongMember(members, { ...needed, ...allowed }) ??
    wrongMember(rest, ruleMembers) ??
    wrongMember(asObject(match) ?? {}, Object.fromEntries(matchers.map((name) => [name, isText])))
  if (wrong !== undefined)
    return refused(`"${wrong}" does not belong to a fault of the kind ${kind}, or has a wrong value.`)
  return { ok: true, rule: asRule(given) }
}

function wrongMember(given: JsonObject, readers: Readonly<Record<string, Reader>>): string | undefined {
  return Object.keys(given).find(
    (name) => !Object.hasOwn(readers, name) || readers[name]?.(given[name]) !== true,
  )
}

const refused = (error: string): ReadRule => ({ ok: false, error })

/** Every member was looked at above. */
function asRule(given: unknown): FaultRule {
  return given as FaultRule // oxlint-disable-line typescript/no-unsafe-type-assertion -- checked member by member
}
