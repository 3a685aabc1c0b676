import { asObject, asText } from '../../http/value.ts'
import type { Issue } from '../../world/jira-model.ts'
import { may } from '../../world/permissions.ts'
import { userView, type View } from '../view.ts'
import { accepted, type Editing, type FieldSpec, refused, type Trace } from './spec.ts'

const trace = ({ world }: View, accountId: string | null): readonly Trace[] =>
  accountId === null ? [] : [{ id: accountId, text: world.people.get(accountId)?.displayName ?? null }]

/** `{ "accountId": … }`, and `id` as another name for it; null takes the person out. */
function accountIdOf(value: unknown): string | null | undefined {
  if (value === null) return null
  const given = asObject(value)
  const accountId = given?.['accountId'] ?? given?.['id']
  return accountId === null ? null : asText(accountId)
}

const assigneeEditing: Editing = {
  operations: ['set'],
  screens: 'both',
  autoComplete: ({ links, project }) =>
    `${links.site}/rest/api/3/user/assignable/search?project=${project.key}&query=`,
  set(value, { world, site, project, caller, issue }) {
    const accountId = accountIdOf(value)
    if (accountId === undefined) return refused('Specify a valid value for assignee')
    const place = { site, project, ...(issue && { issue }) }
    if (!may(caller, 'ASSIGN_ISSUES', place)) return refused('You do not have permission to assign issues.')
    const person = accountId === null ? undefined : world.people.get(accountId)
    const fits = person?.active && may({ person, via: 'basic' }, 'ASSIGNABLE_USER', place)
    if (accountId !== null && !fits) return refused(`User '${accountId}' cannot be assigned issues.`)
    return accepted((changed) => {
      changed.assigneeId = accountId
    })
  },
}

const reporterEditing: Editing = {
  operations: ['set'],
  hasDefault: true,
  required: true,
  screens: 'both',
  set(value, { world, site, project, caller, issue }) {
    const accountId = accountIdOf(value)
    const place = { site, project, ...(issue && { issue }) }
    const same = accountId === (issue?.reporterId ?? caller.person?.accountId)
    if (!same && !may(caller, 'MODIFY_REPORTER', place)) {
      return refused("Field 'reporter' cannot be set. It is not on the appropriate screen, or unknown.")
    }
    if (accountId === null || accountId === undefined || !world.people.has(accountId)) {
      return refused('The reporter specified is not a user.')
    }
    return accepted((changed) => {
      changed.reporterId = accountId
    })
  },
}

const system = (id: string): Pick<FieldSpec, 'schema' | 'navigable' | 'searchable' | 'clauseNames'> => ({
  clauseNames: [id],
  schema: { type: 'user', system: id },
  navigable: true,
  searchable: true,
})

const reader = (read: (issue: Issue) => string | null): Pick<FieldSpec, 'show' | 'trace'> => ({
  show: (view, issue) => userView(view, read(issue)),
  trace: (view, issue) => trace(view, read(issue)),
})

export const peopleFields: readonly FieldSpec[] = [
  {
    ...system('assignee'),
    ...reader((issue) => issue.assigneeId),
    id: 'assignee',
    name: 'Assignee',
    orderable: true,
    edit: assigneeEditing,
  },
  {
    ...system('reporter'),
    ...reader((issue) => issue.reporterId),
    id: 'reporter',
    name: 'Reporter',
    orderable: true,
    edit: reporterEditing,
  },
  { ...system('creator'), ...reader((issue) => issue.creatorId), id: 'creator', name: 'Creator' },
]
