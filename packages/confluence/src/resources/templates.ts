import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createContentTemplate,
  getBlueprintTemplates,
  getContentTemplate,
  getContentTemplates,
  removeTemplate,
  updateContentTemplate,
} from '../generated/v1/operations.gen.ts'
import type { BlueprintTemplate, ContentTemplate } from '../generated/v1/types.gen.ts'

/** A template to be made or changed. Bodies of templates are in the storage format. */
export interface NewTemplate {
  readonly name: string
  readonly storage: string
  readonly description?: string
  /** Default: for the whole site. */
  readonly spaceKey?: string
}

/** Templates for pages. */
export interface Templates {
  /** Of the site, or of one space. `getContentTemplates` */
  readonly list: (options?: ListOptions & { readonly spaceKey?: string }) => List<ContentTemplate>
  /** Those that Confluence and apps bring along. `getBlueprintTemplates` */
  readonly blueprints: (options?: ListOptions & { readonly spaceKey?: string }) => List<BlueprintTemplate>
  /** `getContentTemplate` */
  readonly get: (templateId: string, options?: CallOptions) => Promise<ContentTemplate>
  /** `createContentTemplate` */
  readonly create: (template: NewTemplate, options?: CallOptions) => Promise<ContentTemplate>
  /** Replaces all of it. `updateContentTemplate` */
  readonly update: (
    templateId: string,
    template: NewTemplate,
    options?: CallOptions,
  ) => Promise<ContentTemplate>
  /** Cannot be undone. A blueprint that was changed is as it came again. `removeTemplate` */
  readonly remove: (templateId: string, options?: CallOptions) => Promise<void>
}

/** Binds templates to a connection. */
export const templates = (rest: Rest): Templates => ({
  list: ({ spaceKey, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getContentTemplates,
        input: { query: { ...(spaceKey !== undefined && { spaceKey }) } },
        map: asIs,
        largest: 25,
      },
      options,
    ),
  blueprints: ({ spaceKey, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getBlueprintTemplates,
        input: { query: { ...(spaceKey !== undefined && { spaceKey }) } },
        map: asIs,
        largest: 25,
      },
      options,
    ),
  get: (contentTemplateId, options) =>
    rest.call(getContentTemplate, { path: { contentTemplateId } }, options),
  create: (template, options) => rest.call(createContentTemplate, { body: bodyOf(template) }, options),
  update: (templateId, template, options) =>
    rest.call(updateContentTemplate, { body: { ...bodyOf(template), templateId } }, options),
  async remove(contentTemplateId, options) {
    await rest.call(removeTemplate, { path: { contentTemplateId } }, options)
  },
})

const bodyOf = ({ name, storage, description, spaceKey }: NewTemplate) =>
  ({
    name,
    templateType: 'page',
    body: { storage: { value: storage, representation: 'storage' } },
    ...(description !== undefined && { description }),
    ...(spaceKey !== undefined && { space: { key: spaceKey } }),
  }) as const
