import { fileURLToPath } from 'node:url'

import { check, type Exam } from './exam.ts'
import { withServer } from './mcp-client.ts'

const program = fileURLToPath(new URL('../node_modules/mcp-jira-cloud/dist/index.js', import.meta.url))

export const mcpJiraCloud: Exam = {
  client: 'mcp-jira-cloud 4.4.0',
  run: ({ site, email, apiToken }) =>
    withServer(
      program,
      { JIRA_BASE_URL: site, JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken },
      async (call) => {
        check((await call('jira_whoami', {})).includes('Maya'), 'whoami does not know Maya')
        check((await call('jira_list_projects', {})).includes('ALPHA'), 'ALPHA is not listed')
        const made = await call('jira_create_issue', {
          projectKey: 'ALPHA',
          issueType: 'Task',
          summary: 'Made by mcp-jira-cloud',
          description: 'With a description.',
        })
        const issueIdOrKey = /ALPHA-\d+/.exec(made)?.[0] ?? ''
        const read = await call('jira_get_issue', { issueIdOrKey })
        check(read.includes('Made by mcp-jira-cloud'), 'the issue reads otherwise than it was written')
        await call('jira_add_comment', { issueIdOrKey, body: 'A comment.' })
        check(
          (await call('jira_get_issue_comments', { issueIdOrKey })).includes('A comment.'),
          'the comment is lost',
        )
        const steps = await call('jira_get_transitions', { issueIdOrKey })
        const transitionId = /"id":\s*"(\d+)"/.exec(steps)?.[1] ?? ''
        await call('jira_transition_issue', { issueIdOrKey, transitionId })
        const found = await call('jira_search_issues', {
          jql: 'summary ~ "mcp-jira-cloud"',
          fields: ['summary', 'status'],
        })
        check(found.includes(issueIdOrKey), 'the search does not find the issue')
      },
    ),
}
