import assert from 'node:assert/strict'

import { entriesIn, firstSite, sitesOf } from './reading.ts'
import type { KnownSite } from './reading.ts'
import type { Stage } from './workflow.ts'

/**
 * The project in which new issues go: the one that is wanted, where this person may create there. Otherwise the agent
 * tries all the same, has to be refused without a trace, and takes the project that it may use.
 */
export async function projectToCreateIn(
  { agent, whole }: Pick<Stage, 'agent' | 'whole'>,
  wanted: string,
): Promise<{ readonly site: KnownSite; readonly key: string }> {
  const sites = await sitesOf(agent)
  const place = await firstSite(sites, async ({ id: cloudId }) => {
    const { text } = await agent.call('listJiraProjects', { cloudId, action: 'create' })
    const projects = entriesIn(text)
    return projects.find(({ key }) => key === wanted) ?? projects[0]
  })
  assert.ok(place, 'a project to create in')
  const { site, found } = place
  if (found.key !== wanted) {
    const before = await whole(site.name).issues(`project = ${wanted}`)
    const refusal = await agent.attempt('createJiraIssue', {
      cloudId: site.id,
      projectKey: wanted,
      issueType: 'Story',
      summary: 'Not to be',
    })
    assert.ok(refusal.isError, `creating in ${wanted} is refused`)
    assert.match(refusal.text, /nothing was changed/i, 'the refusal says that nothing was changed')
    const after = await whole(site.name).issues(`project = ${wanted}`)
    assert.equal(after.length, before.length, `nothing was created in ${wanted}`)
  }
  return { site, key: found.key }
}
