import { readDocument } from '../../content/document.ts'
import { asId, asObject, asText } from '../../http/value.ts'
import { nextId } from '../../world/ids.ts'
import type { Issue } from '../../world/jira-model.ts'
import { may } from '../../world/permissions.ts'
import { findIssue } from '../find.ts'
import { levelsFor, securityLevelView } from '../security-levels.ts'
import type { View } from '../view.ts'
import { readVisibility } from '../visibility.ts'
import { pick } from './choice-fields.ts'
import { accepted, type Editing, refused } from './spec.ts'

/** Whether the caller may see an issue at all. */
export function sees(view: View, issue: Issue | undefined): issue is Issue {
  const project = issue && view.site.jira.projects.get(issue.projectId)
  return (
    issue !== undefined &&
    project !== undefined &&
    may(view.caller, 'BROWSE_PROJECTS', { site: view.site, project, issue })
  )
}

export const parentEditing: Editing = {
  operations: ['set'],
  screens: 'both',
  set(value, target) {
    if (value === null) {
      if (target.type.level < 0) return refused('A subtask needs a parent.')
      return accepted((issue) => {
        issue.parentId = null
      })
    }
    const given = asObject(value)
    const parent = findIssue(target.site, asText(given?.['key']) ?? asId(given?.['id']) ?? '')
    if (!sees(target, parent)) {
      return refused('Could not find issue by id or key.')
    }
    const level = target.site.jira.issueTypes.get(parent.typeId)?.level ?? 0
    if (level <= target.type.level || parent.projectId !== target.project.id) {
      return refused('Given parent work item does not belong to appropriate hierarchy.')
    }
    return accepted((issue) => {
      issue.parentId = parent.id
    })
  },
}

/** A comment that comes along with another change. */
export const commentEditing: Editing = {
  operations: ['add'],
  screens: 'edit',
  set: () => refused("Field 'comment' cannot be set. It is not on the appropriate screen, or unknown."),
  change(operation, value, { caller, site, project, issue, world, now }) {
    const read = readDocument(asObject(value)?.['body'])
    if (operation !== 'add') return refused('Comments are removed at their own address.')
    if (!read.ok) return refused(read.error)
    if (!may(caller, 'ADD_COMMENTS', { site, project, ...(issue && { issue }) })) {
      return refused('You do not have the permission to comment on this issue.')
    }
    const place = { project, ...(issue && { issue }) }
    const visibility = readVisibility({ site, caller }, asObject(value) ?? {}, place)
    const authorId = caller.person?.accountId ?? null
    return accepted((changed) => {
      changed.comments.push({
        id: nextId(world, 'comment', site.cloudId),
        authorId,
        updateAuthorId: authorId,
        body: read.document,
        created: now,
        updated: now,
        ...(visibility && { visibility }),
      })
    })
  },
}

/** A link that comes along with another change, at either of its ends (documented). */
export const linkEditing: Editing = {
  operations: ['add', 'copy'],
  screens: 'both',
  set: () => refused("Field 'issuelinks' cannot be set. It is not on the appropriate screen, or unknown."),
  change(operation, value, target) {
    const { site, world, caller, project, issue } = target
    const given = asObject(value)
    const type = pick(site.jira.linkTypes.values(), given?.['type'])
    const inward = given?.['inwardIssue'] !== undefined
    const other = asObject(given?.[inward ? 'inwardIssue' : 'outwardIssue'])
    const end = findIssue(site, asText(other?.['key']) ?? asId(other?.['id']) ?? '')
    if (operation !== 'add') return refused('Links are removed at their own address.')
    if (!type) return refused('The issue link type is not valid.')
    if (!sees(target, end)) return refused('The linked issue does not exist, or you cannot see it.')
    if (!may(caller, 'LINK_ISSUES', { site, project, ...(issue && { issue }) })) {
      return refused('You do not have permission to link issues in this project.')
    }
    return accepted((changed) => {
      const id = nextId(world, 'issueLink', site.cloudId)
      const [fromId, toId] = inward ? [end.id, changed.id] : [changed.id, end.id]
      site.jira.links.set(id, { id, typeId: type.id, fromId, toId })
    })
  },
}

/** Files come and go at their own address (recorded: the operations that the metadata names). */
export const attachmentEditing: Editing = {
  operations: ['set', 'copy'],
  screens: 'both',
  set: () => refused("Field 'attachment' cannot be set. It is not on the appropriate screen, or unknown."),
}

/** Only the levels that the caller is in can be given (documented). */
export const securityEditing: Editing = {
  operations: ['set'],
  screens: 'both',
  available: ({ project }) => Boolean(project.securitySchemeId),
  allowed: (target) => levelsFor(target, target.project).map((level) => securityLevelView(target, level)),
  set(value, target) {
    const { id, name } = asObject(value) ?? {}
    const level = levelsFor(target, target.project).find((one) =>
      id === undefined ? one.name === name : one.id === asId(id),
    )
    if (value !== null && !level) return refused('Security level is not valid.')
    return accepted((issue) => {
      issue.securityLevelId = level?.id ?? null
    })
  },
}
