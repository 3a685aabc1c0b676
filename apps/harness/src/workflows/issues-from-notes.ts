import assert from 'node:assert/strict'

import { nodesOf, plainText } from '../world/document-texts.ts'
import { projectToCreateIn } from './creating.ts'
import { fenced, pageTitled } from './reading.ts'
import type { Workflow } from './workflow.ts'

const TITLE = 'Meeting notes: onboarding workshop'
const HEADING = 'What should become work'

interface Wish {
  readonly summary: string
  readonly type: string
}

/** Priya files in Alpha, Sam in the website's project: the notes are the same for both. */
export const issuesFromNotes: Workflow = {
  task: 'Make five Jira issues from these notes',
  cast: ['priya', 'sam'],
  async run({ agent, person, seen, whole }) {
    const notes = await pageTitled(agent, TITLE)
    const { text } = await agent.call('getConfluenceContent', {
      cloudId: notes.site.id,
      contentId: notes.id,
    })
    const wishes = wishesIn(fenced(text))
    const { document } = await seen(notes.site.name).page(notes.id)
    assert.deepEqual(wishes, wishesOf(document), 'what the notes ask for')
    assert.equal(wishes.length, 5, 'five of them')

    const { site, key: projectKey } = await projectToCreateIn({ agent, whole }, 'ALPHA')
    const keys: string[] = []
    for (const { summary, type } of wishes) {
      const { data } = await agent.call('createJiraIssue', {
        cloudId: site.id,
        projectKey,
        issueType: type,
        summary,
        description: `From the notes: <${notes.url}>`,
      })
      keys.push(String(data['key']))
    }
    const issues = await whole(site.name).issues(`project = ${projectKey}`)
    const made = issues.filter(
      ({ fields }) =>
        fields.reporter?.accountId === person.accountId &&
        wishes.some(({ summary }) => summary === fields.summary),
    )
    assert.deepEqual(made.map(({ key }) => key).toSorted(), keys.toSorted(), 'five new issues')
    assert.deepEqual(
      new Set(made.map(({ fields }) => `${fields.issuetype.name}: ${fields.summary}`)),
      new Set(wishes.map(({ type, summary }) => `${type}: ${summary}`)),
      'types and summaries',
    )
  },
}

/** `1. **Print the cheat sheet.** One page … Task for Sam.`, below the heading. */
function wishesIn(markdown: string): readonly Wish[] {
  const section = markdown.split(/^#+ /m).find((part) => part.startsWith(HEADING)) ?? ''
  return [...section.matchAll(/^\d+\. \*\*(.+?)\*\* (.+)$/gm)].map(([, summary = '', rest = '']) =>
    wish(summary, rest),
  )
}

/** The same from the document: the items of its only numbered list. */
function wishesOf(document: unknown): readonly Wish[] {
  const list = nodesOf(document).find(({ type }) => type === 'orderedList')
  return nodesOf(list)
    .filter(({ type }) => type === 'listItem')
    .map((item) => {
      const bold = nodesOf(item).find(({ type }) => type === 'text')
      return wish(plainText(bold), plainText(item).slice(plainText(bold).length))
    })
}

function wish(heading: string, rest: string): Wish {
  const words = rest.match(/\b(?:Story|Bug|Task)\b/g) ?? []
  return { summary: heading.replace(/\.$/, ''), type: words.at(-1) ?? '' }
}
