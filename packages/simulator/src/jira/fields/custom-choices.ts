import { asId, asObject, asText } from '../../http/value.ts'
import type { CustomField, FieldOption, Version } from '../../world/jira-model.ts'
import { may } from '../../world/permissions.ts'
import { versionView } from '../project-view.ts'
import { projectView, rest, userView, type View } from '../view.ts'
import type { CustomType, CustomTypes, ReadValue } from './custom-type.ts'

const tops = ({ options }: CustomField): readonly FieldOption[] =>
  options.filter(({ parentId, disabled }) => parentId === undefined && disabled !== true)

/** An option by the `id` or `value` of what was given. */
function findOption(options: readonly FieldOption[], given: unknown): FieldOption | undefined {
  const { id, value } = asObject(given) ?? {}
  return options.find((option) => option.id === asId(id) || (id === undefined && option.value === value))
}

const optionName = (id: unknown, { options }: CustomField): string =>
  options.find((option) => option.id === id)?.value ?? ''

/** An option as it stands in an issue (recorded). */
function optionView(view: View, id: unknown, field: CustomField): Record<string, unknown> {
  return { self: rest(view, `customFieldOption/${String(id)}`), value: optionName(id, field), id }
}

const unknownOption = (value: unknown): string =>
  `Option value '${asText(asObject(value)?.['value']) ?? ''}' is not valid`

const choice = (key: string, clause: string): CustomType => ({
  schema: { type: 'option' },
  key,
  clause,
  read: (value, field) => {
    const option = findOption(tops(field), value)
    return option ? { value: option.id } : unknownOption(value)
  },
  show: optionView,
  text: optionName,
  allowed: (view, field) => tops(field).map(({ id }) => optionView(view, id, field)),
})

const choices = (key: string, clause: string): CustomType => ({
  ...choice(key, clause),
  schema: { type: 'array', items: 'option' },
  several: true,
  read: (value, field) => {
    const option = findOption(tops(field), value)
    return option ? { value: option.id } : 'Option id is not valid'
  },
})

const childrenOf = ({ options }: CustomField, parentId: string): readonly FieldOption[] =>
  options.filter((option) => option.parentId === parentId && option.disabled !== true)

const pair = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const cascading: CustomType = {
  schema: { type: 'option-with-child' },
  key: 'cascadingselect',
  clause: 'Select List (cascading)',
  read(value, field) {
    const parent = findOption(tops(field), value)
    if (!parent) return unknownOption(value)
    const wanted = asObject(value)?.['child']
    if (wanted === undefined || wanted === null) return { value: [parent.id] }
    const child = findOption(childrenOf(field, parent.id), wanted)
    return child ? { value: [parent.id, child.id] } : unknownOption(wanted)
  },
  show(view, value, field) {
    const [parent, child] = pair(value)
    const shown = optionView(view, parent, field)
    return child === undefined ? shown : { ...shown, child: optionView(view, child, field) }
  },
  text: (value, field) =>
    pair(value)
      .map((id, level) => `${level === 0 ? 'Parent' : 'Level 1'} values: ${optionName(id, field)}`)
      .join(''),
  allowed: (view, field) =>
    tops(field).map(({ id }) =>
      Object.assign(optionView(view, id, field), {
        children: childrenOf(field, id).map((child) => optionView(view, child.id, field)),
      }),
    ),
}

const person = (key: string, clause: string): CustomType => ({
  schema: { type: 'user' },
  key,
  clause,
  read(value, _field, { world }): ReadValue {
    const given = asObject(value)
    const accountId = asText(given?.['accountId']) ?? asText(given?.['id']) ?? ''
    return world.people.has(accountId) ? { value: accountId } : `User '${accountId}' does not exist.`
  },
  show: (view, value) => userView(view, String(value)),
  text: (value, _field, { world }) => world.people.get(String(value))?.displayName ?? String(value),
})

const group = (key: string, clause: string): CustomType => ({
  schema: { type: 'group' },
  key,
  clause,
  read(value, _field, { site }): ReadValue {
    const { groupId, name } = asObject(value) ?? {}
    const found = [...site.groups.values()].find((one) => one.id === groupId || one.name === name)
    return found ? { value: found.id } : `Could not find group with name '${asText(name) ?? ''}'`
  },
  show: (view, value) => {
    const found = view.site.groups.get(String(value))
    const self = rest(view, `group?groupId=${String(value)}`)
    return { name: found?.name ?? '', groupId: String(value), self }
  },
  text: (value, _field, { site }) => site.groups.get(String(value))?.name ?? String(value),
})

function versionOf({ site }: Pick<View, 'site'>, id: unknown): Version | undefined {
  for (const { versions } of site.jira.projects.values()) {
    const found = versions.find((version) => version.id === id)
    if (found) return found
  }
  return undefined
}

const version = (key: string, clause: string): CustomType => ({
  schema: { type: 'version' },
  key,
  clause,
  read(value, _field, { project }): ReadValue {
    const { id, name } = asObject(value) ?? {}
    const found = project.versions.find((one) => (id === undefined ? one.name === name : one.id === asId(id)))
    return found ? { value: found.id } : `Version id '${asId(id) ?? ''}' is not valid`
  },
  show: (view, value) => {
    const found = versionOf(view, value)
    return found ? versionView(view, found) : null
  },
  text: (value, _field, view) => versionOf(view, value)?.name ?? String(value),
  allowed: (view) => view.project.versions.map((one) => versionView(view, one)),
})

const project: CustomType = {
  schema: { type: 'project' },
  key: 'project',
  clause: 'Project Picker (single project)',
  read(value, _field, { site, caller }): ReadValue {
    const { id, key } = asObject(value) ?? {}
    const found = [...site.jira.projects.values()].find((one) => one.id === asId(id) || one.key === key)
    const visible = found && may(caller, 'BROWSE_PROJECTS', { site, project: found })
    return visible ? { value: found.id } : 'Project does not exist.'
  },
  show: (view, value) => {
    const found = view.site.jira.projects.get(String(value))
    return found && may(view.caller, 'BROWSE_PROJECTS', { site: view.site, project: found })
      ? projectView(view, found)
      : null
  },
  text: (value, _field, { site }) => site.jira.projects.get(String(value))?.name ?? String(value),
}

const several = (type: CustomType): CustomType => ({
  ...type,
  several: true,
  schema: { type: 'array', items: type.schema['type'] },
})

/** Custom fields that hold something to choose: options, people, groups, versions, projects. */
export const choiceTypes = {
  option: choice('select', 'Dropdown'),
  radio: choice('radiobuttons', 'Radio Buttons'),
  flag: choices('multicheckboxes', 'Checkboxes'),
  'multi-select': choices('multiselect', 'Select List (multiple choices)'),
  cascading,
  user: person('userpicker', 'User Picker (single user)'),
  'multi-user': several(person('people', 'People')),
  group: group('grouppicker', 'Group Picker (single group)'),
  'multi-group': several(group('multigrouppicker', 'Group Picker (multiple groups)')),
  version: version('version', 'Version Picker (single version)'),
  'multi-version': several(version('multiversion', 'Version Picker (multiple versions)')),
  project,
} as const satisfies CustomTypes
