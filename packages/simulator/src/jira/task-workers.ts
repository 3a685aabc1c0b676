import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asList, asObject, asText } from '../http/value.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import { setArchived } from './archiving.ts'
import { editOf } from './bulk-fields.ts'
import { forgetFields } from './fields/table.ts'
import { issueOf } from './find.ts'
import { changeIssue, deleteWhole } from './issues.ts'
import { moveIssue } from './moving.ts'
import { removeProject } from './project-lifecycle.ts'
import { deleteProperty, setProperty } from './property-store.ts'
import type { Worker } from './tasks.ts'
import { takeStep } from './transitions.ts'

/** Work on an issue that its submitter still sees. */
const onIssue =
  (
    work: (call: Call, found: { readonly issue: Issue; readonly project: Project }, input: unknown) => void,
  ): Worker =>
  (call, { id, input }) =>
    work(call, issueOf(call, id), input)

const accountOf = ({ caller }: Call): string => caller.person?.accountId ?? ''

/** What tasks can do, by the kind of their items. */
export const taskWorkers: Readonly<Record<string, Worker>> = {
  archive: onIssue((call, { issue }) => setArchived(call, issue, true)),
  delete: onIssue((call, found) => deleteWhole(call, found, true)),
  deleteField: ({ site }, { id }) => {
    const { issues, customFields, screens } = site.jira
    for (const { custom } of issues.values()) custom.delete(id)
    for (const { tabs } of screens.values()) {
      for (const { fieldIds } of tabs) {
        if (fieldIds.includes(id)) fieldIds.splice(fieldIds.indexOf(id), 1)
      }
    }
    customFields.delete(id)
    forgetFields(site)
  },
  deletePriority: ({ site }, { id }) => {
    const { issues, priorities, defaults } = site.jira
    for (const issue of issues.values()) if (issue.priorityId === id) issue.priorityId = defaults.priorityId
    priorities.delete(id)
  },
  deleteResolution: ({ site }, { id, input }) => {
    const replaceWith = asText(asObject(input)?.['replaceWith']) ?? null
    for (const issue of site.jira.issues.values()) {
      if (issue.resolutionId === id) issue.resolutionId = replaceWith
    }
    site.jira.resolutions.delete(id)
  },
  deleteProject: (call, { id }) => removeProject(call.site, id),
  deleteProperty: onIssue(({ site }, { issue }, input) => {
    deleteProperty(site, { kind: 'issue', id: issue.id, key: asText(asObject(input)?.['key']) ?? '' })
  }),
  edit: onIssue((call, found, input) => {
    const { fields, actions } = asObject(input) ?? {}
    const wanted = (asList(actions) ?? []).map(String)
    changeIssue(call, found, editOf(asObject(fields) ?? {}, wanted))
  }),
  move: onIssue((call, { issue }, input) => {
    const { projectId, typeId, statuses } = asObject(input) ?? {}
    const project = call.site.jira.projects.get(String(projectId))
    const type = call.site.jira.issueTypes.get(String(typeId))
    const destination = project && type && { project, type, statuses: asObject(statuses) ?? {} }
    moveIssue(call, issue, destination ?? refuse(jiraError(400, ['The destination is not there any more.'])))
  }),
  secureProject: ({ site }, { id, input }) => {
    const { schemeId, levels } = asObject(input) ?? {}
    const project =
      site.jira.projects.get(id) ?? refuse(jiraError(404, ['The project is not there any more.']))
    project.securitySchemeId = asText(schemeId) ?? null
    const mapped = asObject(levels) ?? {}
    for (const issue of site.jira.issues.values()) {
      if (issue.projectId !== id || issue.securityLevelId === null) continue
      issue.securityLevelId = asText(mapped[issue.securityLevelId]) ?? null
    }
  },
  setProperty: onIssue(({ site }, { issue }, input) => {
    const { key, value } = asObject(input) ?? {}
    setProperty(site, { kind: 'issue', id: issue.id, key: String(key) }, value)
  }),
  transition: onIssue((call, found, input) => takeStep(call, found, asObject(input) ?? {})),
  unwatch: onIssue((call, { issue }) => {
    issue.watchers.delete(accountOf(call))
  }),
  watch: onIssue((call, { issue }) => {
    issue.watchers.add(accountOf(call))
  }),
}
