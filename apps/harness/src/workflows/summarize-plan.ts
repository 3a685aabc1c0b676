import assert from 'node:assert/strict'

import { attribute, nodesOf, plainText, wordsOf } from '../world/document-texts.ts'
import { fenced, pagesIn, pageTitled } from './reading.ts'
import type { Workflow } from './workflow.ts'

const TITLE = 'Q2 Planning'

/** Both read the plan. The page below it with the budget is for Maya and not for Jonas. */
export const summarizePlan: Workflow = {
  task: 'Summarize the Q2 planning page',
  cast: ['maya', 'jonas'],
  async run({ agent, seen }) {
    const plan = await pageTitled(agent, TITLE)
    const { text: hits } = await agent.call('searchConfluence', {
      cloudId: plan.site.id,
      cql: `type = page AND text ~ "planned"`,
      limit: 50,
    })
    const pages = await seen(plan.site.name).pages()
    for (const { id, title } of pagesIn(hits))
      assert.ok(
        pages.some((page) => page.id === id && page.title === title),
        `${title} is there to be seen`,
      )

    const { text } = await agent.call('getConfluenceContent', {
      cloudId: plan.site.id,
      contentId: plan.id,
    })
    const markdown = fenced(text)
    const { document } = await seen(plan.site.name).page(plan.id)
    assertWhole(markdown, document)
    assertTables(markdown, document)
    assertTasks(markdown, document)
  },
}

/** Everything that a reader of the page sees stands in the Markdown, in order. */
function assertWhole(markdown: string, document: unknown): void {
  const plain = unescaped(markdown)
  let from = 0
  for (const words of wordsOf(document)) {
    const at = plain.indexOf(words, from)
    assert.ok(at >= 0, `the Markdown goes on with “${words}”`)
    from = at + words.length
  }
  for (const heading of nodesOf(document).filter(({ type }) => type === 'heading')) {
    const line = new RegExp(String.raw`^#{1,6} ${plainText(heading)}$`, 'm')
    assert.match(plain, line, 'headings are headings')
  }
}

function assertTables(markdown: string, document: unknown): void {
  const rows = nodesOf(document).filter(({ type }) => type === 'tableRow')
  assert.ok(rows.length > 1, 'the world holds a table')
  const lines = unescaped(markdown)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[\s|:-]+$/.test(line))
  assert.equal(lines.length, rows.length, 'one line for each row of the tables')
  rows.forEach((row, index) => {
    for (const words of wordsOf(row))
      assert.ok(lines[index]?.includes(words), `row ${index + 1} has “${words}”`)
  })
}

function assertTasks(markdown: string, document: unknown): void {
  const tasks = nodesOf(document).filter(({ type }) => type === 'taskItem')
  assert.ok(tasks.length > 0, 'the world holds tasks')
  const boxes = [...markdown.matchAll(/^\s*- \[([ x])\] /gm)].map(([, box]) =>
    box === 'x' ? 'DONE' : 'TODO',
  )
  assert.deepEqual(
    boxes,
    tasks.map((task) => attribute(task, 'state')),
    'done and open tasks',
  )
}

/** Markdown without backslashes before what would have a meaning. */
const unescaped = (markdown: string): string => markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
