import {
  createContentTemplate,
  getBlueprintTemplates,
  getContentTemplate,
  getContentTemplates,
  removeTemplate,
  updateContentTemplate,
} from '@telamon/confluence/v1'

import { bodyAs, bodyFormats, readBody } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asList, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Body, Label, Space, Template } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { mayAround, seesSpace } from './find.ts'
import {
  bodyOfV1,
  isSiteAdmin,
  listReplyV1,
  refuseInputV1,
  refuseMissingV1,
  refuseRightV1,
  spaceV1,
} from './v1-answers.ts'
import { labelView, spaceView } from './v1-view.ts'

/** A template (documented). Its body is there in storage format, or in the forms that `expand` names. */
function view(call: Call, template: Template, expand: ReadonlySet<string>): Record<string, unknown> {
  const { id, name, description, labels, body, spaceId, blueprint } = template
  const space = call.site.confluence.spaces.get(spaceId ?? '')
  const asked = bodyFormats.filter((format) => expand.has(`body.${format}`))
  const shows = asked.length > 0 || expand.has('body')
  const formats = asked.length > 0 ? asked : (['storage'] as const)
  const [pluginKey = '', moduleKey = ''] = blueprint?.split(':') ?? []
  return {
    templateId: id,
    ...(blueprint !== undefined && {
      originalTemplate: { pluginKey, moduleKey },
      referencingBlueprint: moduleKey,
    }),
    name,
    description,
    ...(space && { space: spaceView(call, space) }),
    labels: labels.map(labelView),
    templateType: 'page',
    editorVersion: 'v2',
    ...(shows && {
      body: Object.fromEntries(
        formats.map((format) => [format, { ...bodyAs(body, format), embeddedContent: [] }]),
      ),
    }),
    _expandable: { ...(!shows && { body: '' }) },
    _links: { self: `${call.links.site}/wiki/rest/api/template/${id}` },
  }
}

/** Whether the caller sees a template: those of a space are for who sees the space. */
function seesTemplate(call: Call, { spaceId }: Template): boolean {
  const space = call.site.confluence.spaces.get(spaceId ?? '')
  return spaceId === undefined || (space !== undefined && seesSpace(call, space))
}

function list(call: Call, wanted: (template: Template) => boolean): Reply {
  const expand = new Set(call.query.list('expand'))
  const found = [...call.site.confluence.templates.values()].filter(
    (template) => wanted(template) && seesTemplate(call, template),
  )
  return listReplyV1(call, found, { view: (template) => view(call, template, expand) })
}

function templateOf(call: Call, id: string | undefined): Template {
  const template = call.site.confluence.templates.get(id ?? '')
  return template && seesTemplate(call, template)
    ? template
    : refuseMissingV1(`No template found with id: ${id ?? ''}`)
}

/** Templates of a space are its administrators' business, the others that of the site's (documented). */
function checkRight(call: Call, spaceId: string | undefined): void {
  const allowed =
    spaceId === undefined
      ? isSiteAdmin(call)
      : mayAround(call, { spaceId }, { key: 'administer', target: 'space' })
  if (!allowed) refuseRightV1('You do not have permission to change templates here')
}

interface Given {
  readonly name: string
  readonly description: string | undefined
  readonly body: Body
  readonly labels: readonly Label[] | undefined
}

function readLabels(call: Call, given: unknown): readonly Label[] | undefined {
  return asList(given)?.map((one) => {
    const name = asText(asObject(one)?.['name']) ?? refuseInputV1('A label needs a name')
    const known = call.site.confluence.labels.get(`global:${name}`)
    const label: Label = known ?? {
      id: nextId(call.world, 'label', call.site.cloudId),
      prefix: 'global',
      name,
    }
    call.site.confluence.labels.set(`global:${name}`, label)
    return label
  })
}

function readTemplate(call: Call, body: JsonObject): Given {
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '') return refuseInputV1('A template needs a name')
  const written = readBody(body['body'])
  if (typeof written === 'string') return refuseInputV1(written)
  return {
    name,
    description: asText(body['description']),
    body: written,
    labels: readLabels(call, body['labels']),
  }
}

function create(call: Call): Reply {
  const body = bodyOfV1(call)
  const key = asText(asObject(body['space'])?.['key'])
  const space: Space | undefined = key === undefined ? undefined : spaceV1(call, key)
  checkRight(call, space?.id)
  if (body['templateType'] !== 'page') return refuseInputV1('The templateType has to be page')
  const { name, description = '', body: written, labels = [] } = readTemplate(call, body)
  const id = nextId(call.world, 'template', call.site.cloudId)
  const template: Template = {
    id,
    name,
    description,
    body: written,
    labels,
    ...(space && { spaceId: space.id }),
  }
  call.site.confluence.templates.set(id, template)
  return ok(view(call, template, new Set(['body'])))
}

/** A template that is not a blueprint's (documented: those cannot be changed). */
function ownTemplate(call: Call, id: string | undefined): Template {
  const template = templateOf(call, id)
  checkRight(call, template.spaceId)
  return template.blueprint === undefined
    ? template
    : refuseInputV1('The template of a blueprint cannot be changed')
}

function update(call: Call): Reply {
  const body = bodyOfV1(call)
  const template = ownTemplate(call, asText(body['templateId']))
  const { name, description, body: written, labels } = readTemplate(call, body)
  Object.assign(template, {
    name,
    description: description ?? template.description,
    body: written,
    labels: labels ?? template.labels,
  })
  return ok(view(call, template, new Set(['body'])))
}

/** Those of the space, or the site's own when no space is named (documented). */
function inSpace(call: Call): (template: Template) => boolean {
  const key = call.query.text('spaceKey')
  const space = key === undefined ? undefined : spaceV1(call, key)
  return ({ spaceId }) => spaceId === space?.id
}

const listNames = ['spaceKey', 'start', 'limit', 'expand'] as const

export const templateHandlers: readonly Served[] = [
  serve(getContentTemplates, listNames, (call) => {
    const isHere = inSpace(call)
    return list(call, (template) => template.blueprint === undefined && isHere(template))
  }),
  serve(getBlueprintTemplates, listNames, (call) => {
    const isHere = inSpace(call)
    return list(
      call,
      (template) => template.blueprint !== undefined && (isHere(template) || !template.spaceId),
    )
  }),
  serve(getContentTemplate, ['expand'], (call) =>
    ok(
      view(
        call,
        templateOf(call, call.path['contentTemplateId']),
        new Set(['body', ...call.query.list('expand')]),
      ),
    ),
  ),
  serve(createContentTemplate, [], create),
  serve(updateContentTemplate, [], update),
  serve(removeTemplate, [], (call) => {
    const { id } = ownTemplate(call, call.path['contentTemplateId'])
    call.site.confluence.templates.delete(id)
    return empty()
  }),
]
