import {
  createIssueLinkType,
  deleteIssueLinkType,
  getIssueLinkType,
  getIssueLinkTypes,
  updateIssueLinkType,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse } from '../http/reply.ts'
import { asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { LinkType } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { administer } from './rights.ts'
import { linkTypeView } from './view.ts'

function typeOf({ site, path }: Call): LinkType {
  const id = path['issueLinkTypeId'] ?? ''
  const found = site.jira.linkTypes.get(id)
  return found ?? refuse(jiraError(404, [`No issue link type with id '${id}' found.`]))
}

/** Name and both directions; what a body does not say stays as it is, and has to be there on a new type. */
function read({ site }: Call, body: JsonObject, self?: LinkType): Omit<LinkType, 'id'> {
  const member = (name: 'name' | 'inward' | 'outward'): string => {
    const text = asText(body[name])?.trim() ?? self?.[name] ?? ''
    return text === '' ? refuse(jiraError(400, [], { [name]: `The ${name} has to be given.` })) : text
  }
  const name = member('name')
  const taken = [...site.jira.linkTypes.values()].some((type) => type !== self && type.name === name)
  if (taken) refuse(jiraError(400, [], { name: `An issue link type with name '${name}' already exists.` }))
  return { name, inward: member('inward'), outward: member('outward') }
}

export const linkTypeHandlers: readonly Served[] = [
  serve(getIssueLinkTypes, [], (call) =>
    ok({ issueLinkTypes: [...call.site.jira.linkTypes.values()].map((type) => linkTypeView(call, type)) }),
  ),
  serve(getIssueLinkType, [], (call) => ok(linkTypeView(call, typeOf(call)))),
  serve(createIssueLinkType, [], (call) => {
    administer(call)
    const about = read(call, bodyOf(call))
    const type: LinkType = { id: nextId(call.world, 'part', call.site.cloudId), ...about }
    call.site.jira.linkTypes.set(type.id, type)
    return json(201, linkTypeView(call, type))
  }),
  serve(updateIssueLinkType, [], (call) => {
    administer(call)
    const type = typeOf(call)
    return ok(linkTypeView(call, Object.assign(type, read(call, bodyOf(call), type))))
  }),
  serve(deleteIssueLinkType, [], (call) => {
    administer(call)
    const { id } = typeOf(call)
    const { linkTypes, links } = call.site.jira
    for (const link of links.values()) if (link.typeId === id) links.delete(link.id)
    linkTypes.delete(id)
    return empty()
  }),
]
