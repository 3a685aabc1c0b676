import {
  createRelationship,
  deleteRelationship,
  findSourcesForTarget,
  findTargetFromSource,
  getRelationship,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import type { Relation } from '../world/confluence-model.ts'
import { sees, seesSpace } from './find.ts'
import { relationKey } from './relations.ts'
import { spaceByKey } from './space-creating.ts'
import { contentV1, listReplyV1, refuseInputV1, refuseMissingV1, spaceV1 } from './v1-answers.ts'
import { contentView } from './v1-content.ts'
import { spaceView, userView } from './v1-view.ts'
import { timeOf } from './view.ts'

/** A thing that the caller sees, as it is noted in relations: `user/ACCOUNT`, `content/ID` or `space/KEY`. */
function thingAt(call: Call, type: string | undefined, key: string | undefined): string {
  if (type === 'content') return `content/${contentV1(call, key).id}`
  if (type === 'space') return `space/${spaceV1(call, key).key}`
  if (type !== 'user') return refuseInputV1('Relations are between users, spaces and content')
  const accountId = key === 'current' ? (call.caller.person?.accountId ?? '') : (key ?? '')
  return call.site.members.has(accountId)
    ? `user/${accountId}`
    : refuseMissingV1(`No user found with account id: ${accountId}`)
}

/** A thing of a relation; undefined for one that is gone, or that the caller does not see. */
function viewOf(call: Call, thing: string): unknown {
  const [type, key = ''] = thing.split(/\/(.*)/s)
  const content = type === 'content' ? call.site.confluence.contents.get(key) : undefined
  const space = type === 'space' ? spaceByKey(call.site, key) : undefined
  if (content) return sees(call, content) ? contentView(call, content, new Set()) : undefined
  if (space) return seesSpace(call, space) ? spaceView(call, space) : undefined
  const person = call.world.people.get(key)
  return person && userView(call, person)
}

function view(call: Call, relation: Relation): Record<string, unknown> {
  const { name, source, target, createdBy, createdAt } = relation
  const expand = new Set(call.query.list('expand'))
  const creator = call.world.people.get(createdBy)
  return {
    name,
    ...(expand.has('relationData') && {
      relationData: {
        ...(creator && { createdBy: userView(call, creator) }),
        createdDate: timeOf(createdAt),
        friendlyCreatedDate: timeOf(createdAt).slice(0, 10),
      },
    }),
    ...(expand.has('source') && { source: viewOf(call, source) }),
    ...(expand.has('target') && { target: viewOf(call, target) }),
    _expandable: { relationData: '', source: '', target: '' },
    _links: { self: `/rest/api/relation/${name}/from/${source}/to/${target}` },
  }
}

/** The relation that the path names, as far as it goes. */
function named(call: Call): Pick<Relation, 'name' | 'source' | 'target'> {
  const { path } = call
  return {
    name: path['relationName'] ?? '',
    source: thingAt(call, path['sourceType'], path['sourceKey']),
    target: thingAt(call, path['targetType'], path['targetKey']),
  }
}

function find(call: Call): Relation | undefined {
  return call.site.confluence.relations.get(relationKey(named(call)))
}

/** Only content has likes of another kind, which cannot be given here (documented: any name but `like`). */
function create(call: Call): Reply {
  const wanted = named(call)
  if (wanted.name === 'like') return refuseInputV1('The relation like cannot be made here')
  const known = find(call)
  if (known) return ok(view(call, known))
  const relation: Relation = {
    ...wanted,
    createdBy: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
  }
  call.site.confluence.relations.set(relationKey(relation), relation)
  return ok(view(call, relation))
}

function remove(call: Call): Reply {
  call.site.confluence.relations.delete(relationKey(named(call)))
  return empty()
}

const names = ['sourceStatus', 'targetStatus', 'sourceVersion', 'targetVersion'] as const
const listNames = [...names, 'expand', 'start', 'limit'] as const

export const relationHandlers: readonly Served[] = [
  serve(findTargetFromSource, listNames, (call) => {
    const { path } = call
    const source = thingAt(call, path['sourceType'], path['sourceKey'])
    const found = [...call.site.confluence.relations.values()].filter(
      (relation) =>
        relation.name === path['relationName'] &&
        relation.source === source &&
        relation.target.startsWith(`${path['targetType'] ?? ''}/`) &&
        viewOf(call, relation.target) !== undefined,
    )
    return listReplyV1(call, found, { view: (relation) => view(call, relation) })
  }),
  serve(findSourcesForTarget, listNames, (call) => {
    const { path } = call
    const target = thingAt(call, path['targetType'], path['targetKey'])
    const found = [...call.site.confluence.relations.values()].filter(
      (relation) =>
        relation.name === path['relationName'] &&
        relation.target === target &&
        relation.source.startsWith(`${path['sourceType'] ?? ''}/`) &&
        viewOf(call, relation.source) !== undefined,
    )
    return listReplyV1(call, found, { view: (relation) => view(call, relation) })
  }),
  serve(getRelationship, [...names, 'expand'], (call) => {
    const relation = find(call)
    return relation ? ok(view(call, relation)) : refuseMissingV1('There is no such relation')
  }),
  serve(createRelationship, names, create),
  serve(deleteRelationship, names, remove),
]
