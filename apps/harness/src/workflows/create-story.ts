import assert from 'node:assert/strict'

import { projectToCreateIn } from './creating.ts'
import type { Workflow } from './workflow.ts'

const SUMMARY = 'Redesign onboarding'

/** Maya may create in Alpha. Sam may only read there, is told so, and uses the project he works in. */
export const createStory: Workflow = {
  task: `Create a story titled '${SUMMARY}'`,
  cast: ['maya', 'sam'],
  async run({ agent, person, whole }) {
    const { site, key: projectKey } = await projectToCreateIn({ agent, whole }, 'ALPHA')
    const { text, data } = await agent.call('createJiraIssue', {
      cloudId: site.id,
      projectKey,
      issueType: 'Story',
      summary: SUMMARY,
      description:
        '## Why\n\nNew harbour staff need **40 minutes** until their first booking.\n\n- Fewer choices\n- An example',
    })
    const key = String(data['key'])
    assert.ok(text.includes(key), 'the answer names the new issue')

    const made = (await whole(site.name).issues(`project = ${projectKey}`)).filter(
      ({ fields }) => fields.summary === SUMMARY,
    )
    assert.deepEqual(
      made.map(({ key: one, fields }) => [one, fields.issuetype.name, fields.reporter?.accountId]),
      [[key, 'Story', person.accountId]],
      'one story, by this person',
    )
    const read = await agent.call('getJiraIssue', { cloudId: site.id, issueIdOrKey: key })
    for (const words of [SUMMARY, 'Type: Story', '## Why', '**40 minutes**', 'Fewer choices'])
      assert.ok(read.text.includes(words), `read back with ${words}`)
  },
}
