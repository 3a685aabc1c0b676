import assert from 'node:assert/strict'

import { entriesIn, firstSite, keysIn, sitesOf } from './reading.ts'
import type { Stage, Workflow } from './workflow.ts'

/** Where the project is, and with which key. */
const NAME = 'Alpha'

/** Maya reads everything, Sam does not see all comments, Elin's site has no such project. */
export const findOpenBugs: Workflow = {
  task: 'Find all open bugs in project Alpha',
  cast: ['maya', 'sam', 'elin'],
  async run(stage) {
    const { agent, person, seen } = stage
    const sites = await sitesOf(agent)
    assert.deepEqual(sites.map(({ name }) => name).toSorted(), person.sites.toSorted(), 'the sites')
    const place = await firstSite(sites, async ({ id: cloudId }) => {
      const { text } = await agent.call('listJiraProjects', { cloudId })
      return entriesIn(text).find(({ name }) => name === NAME)
    })
    if (place === undefined) {
      await assertNoProject(stage)
      return
    }
    const { site, found } = place
    const { text } = await agent.call('searchJiraIssuesUsingJql', {
      cloudId: site.id,
      jql: `project = ${found.key} AND issuetype = Bug AND statusCategory != Done ORDER BY priority DESC`,
      maxResults: 100,
    })
    const issues = await seen(site.name).issues(`project = ${found.key}`)
    const open = issues.filter(
      ({ fields }) => fields.issuetype.name === 'Bug' && fields.status.statusCategory.key !== 'done',
    )
    assert.ok(open.length > 1, 'the world holds open bugs')
    assert.deepEqual(keysIn(text).toSorted(), open.map(({ key }) => key).toSorted(), 'the open bugs')
    for (const { key, fields } of open) assert.ok(text.includes(`${key} ${fields.summary}`), `${key} by name`)

    const [first = ''] = keysIn(text)
    const issue = await agent.call('getJiraIssue', { cloudId: site.id, issueIdOrKey: first })
    assert.ok(
      issue.text.includes(open.find(({ key }) => key === first)?.fields.summary ?? '?'),
      'the bug itself',
    )
  },
}

async function assertNoProject({ person, seen }: Stage): Promise<void> {
  for (const name of person.sites) {
    const issues = await seen(name).issues('created > "2000-01-01"')
    assert.ok(
      issues.every(({ key }) => !key.startsWith(`${NAME.toUpperCase()}-`)),
      `${person.name} sees the project, and the agent did not find it`,
    )
  }
}
