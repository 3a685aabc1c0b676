import { createAgileClient, createCloudClient } from 'jira.js'
import { createClient } from 'jira.js/core'

import { check, type Exam } from './exam.ts'

const document = (text: string) => ({
  type: 'doc' as const,
  version: 1 as const,
  content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
})

/** Lists, reads, searches, makes, changes, comments, moves and deletes, with every answer held against strict schemas. */
export const jiraJs: Exam = {
  client: 'jira.js 6.2.0',
  async run({ site, email, apiToken }) {
    const client = createClient({
      host: site,
      auth: { type: 'basic', email, apiToken },
      onSchemaMismatch: 'throw',
    })
    const jira = createCloudClient(client)
    const info = await jira.serverInfo.getServerInfo()
    check(info.serverTitle?.includes('imulator'), 'serverInfo does not say that this is a simulator')
    const me = await jira.myself.getCurrentUser()
    const projects = await jira.projects.searchProjects({ maxResults: 10 })
    check(
      projects.values?.some(({ key }) => key === 'ALPHA'),
      'the project ALPHA is not listed',
    )
    const types = await jira.issueTypes.getIssueAllTypes()
    check(types.length > 0, 'there are no issue types')
    await jira.issueFields.getFields()
    await jira.issuePriorities.searchPriorities()
    await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'ALPHA' })
    const made = await jira.issues.createIssue({
      fields: {
        project: { key: 'ALPHA' },
        issuetype: { name: 'Task' },
        summary: 'Made by jira.js',
        description: document('With a description.'),
      },
    })
    check(made.key, 'the new issue has no key')
    const issueIdOrKey = made.key
    await jira.issues.editIssue({ issueIdOrKey, fields: { labels: ['client'] } })
    await jira.issues.assignIssue({ issueIdOrKey, accountId: me.accountId ?? null })
    await jira.issueComments.addComment({ issueIdOrKey, body: document('A comment.') })
    const comments = await jira.issueComments.getComments({ issueIdOrKey })
    check(comments.total === 1, 'the comment is not there')
    await jira.issueWorklogs.addWorklog({ issueIdOrKey, timeSpent: '1h' })
    const { transitions = [] } = await jira.issues.getTransitions({ issueIdOrKey })
    const [step] = transitions
    check(step?.id, 'there is no transition')
    await jira.issues.doTransition({ issueIdOrKey, transition: { id: step.id } })
    const read = await jira.issues.getIssue({ issueIdOrKey, expand: 'changelog,names,schema' })
    check(read.fields?.['summary'] === 'Made by jira.js', 'the issue reads otherwise than it was written')
    await jira.issues.getChangeLogs({ issueIdOrKey })
    await jira.issueWatchers.getIssueWatchers({ issueIdOrKey })
    const found = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
      jql: 'project = ALPHA AND labels = client',
      fields: ['*all'],
    })
    check(found.issues?.length === 1, 'the search does not find the issue')
    check(
      (await jira.issueSearch.countIssues({ jql: 'project = ALPHA' })).count,
      'approximate-count counts nothing',
    )
    await jira.issueLinks.linkIssues({
      type: { name: 'Blocks' },
      inwardIssue: { key: issueIdOrKey },
      outwardIssue: { key: 'ALPHA-1' },
    })
    await jira.issues.deleteIssue({ issueIdOrKey })
    const agile = createAgileClient(client)
    check(agile.board, 'jira.js has no boards any more')
  },
}
