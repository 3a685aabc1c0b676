import { faultPresets } from '../faults/presets.ts'
import { readFaultRule } from '../faults/read-rule.ts'
import { asInteger, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Seed } from '../seeds/seeds.ts'
import type { Simulator } from '../simulator.ts'
import type { LagTimes } from '../world/lag.ts'
import { AdminError } from './input.ts'

/** What the administration works on: all of a simulator but the administration. */
export type Administered = Omit<Simulator, 'admin'>

/** Something that can be done, with what was sent. What it gives back is sent as JSON. */
type Action = (simulator: Administered, fields: JsonObject, rest: readonly string[]) => unknown

/** By method and the first part of the path below `/_sim`. */
export const actions: Readonly<Record<string, Action>> = {
  'GET status': status,
  'POST reset': async (simulator) => {
    await simulator.reset()
    return status(simulator)
  },
  'POST seed': async (simulator, fields) => {
    await simulator.reset(readSeed(fields))
    return status(simulator)
  },
  'GET clock': clockView,
  'POST clock': setClock,
  'GET faults': ({ faults }) => ({ faults: faults.list() }),
  'POST faults': ({ faults }, fields) => {
    const read = readFaultRule(ofPage(fields))
    if (!read.ok) throw new AdminError(read.error)
    return { id: faults.add(read.rule) }
  },
  'DELETE faults': ({ faults }, _, [id]) => {
    if (id === undefined) faults.clear()
    else faults.remove(Number(id))
    return { faults: faults.list() }
  },
  'POST tokens': (simulator, fields) => ({ accessToken: mint(simulator, fields) }),
  'GET grants': ({ grants }) => ({
    grants: grants.list().map(({ id, clientId, accountId, sites, revokedAt }) => ({
      id,
      clientId,
      accountId,
      sites: [...sites],
      revokedAt,
    })),
  }),
  'POST grants': ({ grants }, _, [id = '', verb]) => {
    if (verb !== 'revoke') throw new AdminError('Ask for /_sim/grants/{id}/revoke.', 404)
    if (!grants.revoke(id)) throw new AdminError(`There is no grant ${id}, or it has been revoked.`, 404)
    return { revoked: id }
  },
  'GET log': ({ log }, fields) => {
    const after = asInteger(Number(fields['after'] ?? 0)) ?? 0
    return { entries: log.entries().filter(({ number }) => number > after) }
  },
  'DELETE log': ({ log }) => {
    log.clear()
    return { entries: [] }
  },
  'GET limits': ({ limits }) => ({ points: limits.points() }),
  'GET claims': ({ claims }) => ({ claims }),
  'GET coverage': ({ coverage }) => coverage(),
  'GET switches': ({ switches }) => switches,
  'PUT switches': setSwitches,
  'POST switches': setSwitches,
  'GET snapshots': ({ snapshots }) => ({ snapshots: snapshots.names() }),
  'POST snapshots': ({ snapshots }, _, [name]) => ({
    name: nameOf(name),
    bytes: snapshots.take(nameOf(name)),
  }),
  'POST restore': async (simulator, _, [name]) => {
    if (!(await simulator.snapshots.bring(nameOf(name))))
      throw new AdminError(
        `There is no snapshot ${String(name)}. There are ${simulator.snapshots.names().join(', ') || 'none'}.`,
        404,
      )
    return status(simulator)
  },
}

/** A page names the fault, and gives the share in percent. */
function ofPage({ preset, percent, ...fields }: JsonObject): JsonObject {
  const fault = faultPresets[asText(preset) ?? '']
  if (!fault) return fields
  const share = typeof percent === 'number' && percent < 100 ? { share: percent / 100 } : {}
  return { fault, ...share, ...fields }
}

function nameOf(name: string | undefined): string {
  if (name !== undefined && /^[\w-]{1,40}$/.test(name)) return name
  throw new AdminError(
    'Name the snapshot in the path, with letters, digits, - and _: /_sim/snapshots/before-lunch.',
  )
}

function status(simulator: Administered): unknown {
  const { people, log, faults, switches, summary } = simulator
  return {
    simulator: '@telamon/simulator',
    ...summary(),
    clock: clockView(simulator),
    people: people.map(({ id, name, email, sites, apiToken }) => ({ id, name, email, sites, apiToken })),
    switches,
    faults: faults.list().length,
    requests: log.entries().at(-1)?.number ?? 0,
  }
}

function clockView({ clock }: Administered): { readonly now: string; readonly frozen: boolean } {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.frozen }
}

/** `{freeze: true}`, `{resume: true}`, `{advance: milliseconds}`, `{set: time}`; several in this order. */
function setClock(simulator: Administered, { freeze, resume, advance, set, ...others }: JsonObject): unknown {
  const { clock } = simulator
  const [strange] = Object.keys(others)
  if (strange !== undefined)
    throw new AdminError(
      `"${strange}" is nothing a clock does. Send freeze, resume, advance (milliseconds) or set (a time).`,
    )
  const by = advance === undefined ? 0 : asInteger(advance)
  const to = set === undefined ? undefined : Date.parse(asText(set) ?? '')
  if (by === undefined) throw new AdminError('"advance" has to be a whole number of milliseconds.')
  if (Number.isNaN(to)) throw new AdminError('"set" has to be a time, such as 2026-11-23T09:00:00Z.')
  if (freeze !== undefined) clock.freeze()
  if (resume !== undefined) clock.resume()
  if (to !== undefined) clock.set(to)
  if (by !== 0) clock.advance(by)
  return clockView(simulator)
}

function mint(simulator: Administered, { person, site, scopes }: JsonObject): string {
  const only = asText(site)
  const wanted = asList(scopes)?.filter((scope) => typeof scope === 'string')
  try {
    return simulator.tokenFor(asText(person) ?? '', {
      ...(only !== undefined && { site: only }),
      ...(wanted && { scopes: wanted }),
    })
  } catch (error) {
    throw new AdminError(error instanceof Error ? error.message : String(error), 404)
  }
}

function setSwitches({ switches }: Administered, fields: JsonObject): unknown {
  const { jqlUnknown, reuseInterval, indexLag, ...others } = fields
  const [strange] = Object.keys(others)
  if (strange !== undefined)
    throw new AdminError(`There is no switch "${strange}". There are jqlUnknown, reuseInterval and indexLag.`)
  if (jqlUnknown !== undefined) {
    if (jqlUnknown !== 'empty' && jqlUnknown !== 'error')
      throw new AdminError('"jqlUnknown" has to be empty or error.')
    switches.jqlUnknown = jqlUnknown
  }
  if (reuseInterval !== undefined) {
    const interval = asInteger(reuseInterval)
    if (interval === undefined)
      throw new AdminError('"reuseInterval" has to be a whole number of milliseconds.')
    switches.reuseInterval = interval
  }
  if (indexLag !== undefined) switches.indexLag = readLag(indexLag)
  return switches
}

function readLag(value: unknown): LagTimes | undefined {
  if (value === null || value === 0) return undefined
  const { median, p99 = median } = asObject(value) ?? {}
  if (typeof median === 'number' && typeof p99 === 'number' && median >= 0 && p99 >= median)
    return median === 0 ? undefined : { median, p99 }
  throw new AdminError(
    '"indexLag" has to be {"median": milliseconds, "p99": milliseconds}, or null for none.',
  )
}

function readSeed({ seed, issues, pages, chance, ...others }: JsonObject): Seed {
  const [strange] = Object.keys(others)
  if (strange !== undefined)
    throw new AdminError(
      `"${strange}" is nothing to seed with. Send seed (demo or empty), or issues, pages and chance.`,
    )
  if (seed === 'demo' || seed === 'empty') return seed
  const numbers = { issues, pages, chance }
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && (asInteger(value) ?? -1) < 0)
      throw new AdminError(`"${name}" has to be a whole number.`)
  if (seed !== undefined || Object.values(numbers).every((value) => value === undefined))
    throw new AdminError(
      '"seed" has to be demo or empty; or send how many issues and pages are to be made up.',
    )
  return {
    ...(asInteger(issues) !== undefined && { issues: Number(issues) }),
    ...(asInteger(pages) !== undefined && { pages: Number(pages) }),
    ...(asInteger(chance) !== undefined && { chance: Number(chance) }),
  }
}
