import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asId, asList, asText, type JsonObject } from '../http/value.ts'
import { refuseBinding } from './body.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Puts some of a site's things after another one, or first or last, in the order in which a body names them (documented). */
export function reorder<Item extends Named>(all: Map<string, Item>, body: JsonObject): void {
  const ids = (asList(body['ids']) ?? refuseBinding()).map((id) => asId(id) ?? refuseBinding())
  const unknown = ids.find((id) => !all.has(id))
  if (unknown !== undefined) refuse(jiraError(404, [`Nothing with the id ${unknown} was found.`]))
  const moved = [...new Set(ids)].flatMap((id) => all.get(id) ?? [])
  const others = [...all.values()].filter((item) => !moved.includes(item))
  const after = asId(body['after'])
  const position = asText(body['position'])
  const previous = others.findIndex(({ id }) => id === after)
  const place =
    after !== undefined && previous >= 0
      ? previous + 1
      : position === 'First'
        ? 0
        : position === 'Last'
          ? others.length
          : refuse(jiraError(400, ['Either after or position, First or Last, has to be given.']))
  const order = others.toSpliced(place, 0, ...moved)
  all.clear()
  for (const item of order) all.set(item.id, item)
}

/** A name that has to be there, and has to be free. */
export function freeName(all: Iterable<Named>, body: JsonObject, self?: Named): string {
  const name = asText(body['name'])?.trim() ?? self?.name ?? ''
  if (name === '') refuse(jiraError(400, [], { name: 'The name must not be empty.' }))
  if (name.length > 60) refuse(jiraError(400, [], { name: 'The name is longer than 60 characters.' }))
  const taken = [...all].some((one) => one !== self && one.name.toLowerCase() === name.toLowerCase())
  return taken ? refuse(jiraError(400, [], { name: `The name '${name}' is already taken.` })) : name
}

/** One of a site's things by the id in the address. */
export function byId<Item>(all: ReadonlyMap<string, Item>, { path }: Call, sentence: string): Item {
  return all.get(path['id'] ?? '') ?? refuse(jiraError(404, [sentence]))
}
