import { fileURLToPath } from 'node:url'

import { check, type Exam } from './exam.ts'
import { withServer } from './mcp-client.ts'

const program = fileURLToPath(
  new URL('../node_modules/@aaronsb/jira-cloud-mcp/build/index.js', import.meta.url),
)

export const jiraCloudMcp: Exam = {
  client: '@aaronsb/jira-cloud-mcp 0.11.3',
  run: ({ site, email, apiToken }) =>
    withServer(program, { JIRA_HOST: site, JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken }, async (call) => {
      check(
        (await call('manage_jira_project', { operation: 'list' })).includes('ALPHA'),
        'ALPHA is not listed',
      )
      const made = await call('manage_jira_issue', {
        operation: 'create',
        projectKey: 'ALPHA',
        issueType: 'Task',
        summary: 'Made by jira-cloud-mcp',
        description: 'With a description.',
      })
      const issueKey = /ALPHA-\d+/.exec(made)?.[0] ?? ''
      const read = await call('manage_jira_issue', { operation: 'get', issueKey })
      check(read.includes('Made by jira-cloud-mcp'), 'the issue reads otherwise than it was written')
      await call('manage_jira_issue', { operation: 'comment', issueKey, comment: 'A comment.' })
      const steps = await call('manage_jira_issue', { operation: 'get', issueKey, expand: ['transitions'] })
      const transitionId =
        /(?:id|ID)[:\s"*`]+(\d+)/.exec(steps.slice(steps.search(/transition/i)))?.[1] ?? '21'
      await call('manage_jira_issue', { operation: 'transition', issueKey, transitionId })
      const found = await call('manage_jira_filter', {
        operation: 'execute_jql',
        jql: 'summary ~ "jira-cloud-mcp"',
      })
      check(found.includes(issueKey), 'the search does not find the issue')
    }),
}
