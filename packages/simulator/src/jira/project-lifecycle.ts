import { issuesIn } from '../world/indexes.ts'
import type { Site } from '../world/model.ts'
import { removeIssue } from './lifecycle.ts'

/** Takes a project out of the world, with its issues and what belongs to nothing else. */
export function removeProject(site: Site, id: string): void {
  const { jira } = site
  const project = jira.projects.get(id)
  if (!project) return
  for (const issue of issuesIn(site, id)) removeIssue(site, issue)
  jira.projects.delete(id)
  jira.properties.delete(`project/${id}`)
  for (const type of jira.issueTypes.values()) if (type.projectId === id) jira.issueTypes.delete(type.id)
  for (const status of jira.statuses.values()) if (status.projectId === id) jira.statuses.delete(status.id)
}
