import { validateAdf } from '@telamon/adf'
import { expect, it } from 'vitest'

import { everyBlock, place, sentence, wholeDocument } from './documents.ts'
import { stage } from './stage.ts'
import type { Stage } from './stage.ts'

const changed = 'The pier is closed on Tuesday.'

/** A page as somebody reads it who wants to change it. */
async function read(
  at: Stage,
  contentId: string,
  contentFormat = 'editable',
): Promise<{ readonly body: string; readonly snapshotToken: string | undefined }> {
  const { text } = await at.as('maya')('getConfluenceContent', { contentId, contentFormat })
  return {
    body: /<untrusted [^>]*>\n([\s\S]*)\n<\/untrusted>/.exec(text)?.[1] ?? '',
    snapshotToken: /snapshotToken (\S+)$/.exec(text)?.[1],
  }
}

it('is tried on a document that Confluence takes', () => {
  expect(validateAdf(wholeDocument, { target: 'confluence' }).errors).toEqual([])
})

it.each(['editable', 'markdown'])('keeps every other block of a page that was read as %s', async (format) => {
  const at = stage()
  at.plant('Glossary', wholeDocument)
  const { body, snapshotToken } = await read(at, 'Glossary', format)
  expect(body).toContain(sentence)
  const { text } = await at.as('maya')('updateConfluenceContent', {
    contentId: 'Glossary',
    snapshotToken,
    body: body.replace(sentence, changed),
  })
  expect(text).toContain('now version 2')
  const after = at.document('Glossary').content
  expect(JSON.stringify(after.toSpliced(place, 1))).toBe(JSON.stringify(everyBlock))
  expect(JSON.stringify(after[place])).toContain(changed)
})

it('keeps inline comments on text that was not changed, and says which are lost', async () => {
  const at = stage()
  at.plant('Glossary', wholeDocument)
  const { body } = await read(at, 'Glossary')
  const kept = await at.as('maya')('updateConfluenceContent', {
    contentId: 'Glossary',
    body: body.replace('Plain, ', 'Very plain, '),
  })
  expect(kept.text).not.toContain('inline comment')
  expect(JSON.stringify(at.document('Glossary').content[1])).toContain('"annotationType":"inlineComment"')
  const lost = await at.as('maya')('updateConfluenceContent', {
    contentId: 'Glossary',
    body: body.replace('discussed', 'settled'),
  })
  expect(lost.text).toContain('An inline comment lost its place')
})

it('keeps every block of every page of the demo when a sentence is added', async () => {
  const at = stage()
  const site = [...at.simulator.world.sites.values()][0]
  const pages = [...(site?.confluence.contents.values() ?? [])].filter(
    ({ type }) => type === 'page' || type === 'blogpost',
  )
  const kept: string[] = []
  for (const { id, versions } of pages) {
    const title = versions.at(-1)?.title ?? ''
    const before = at.document(title).content
    const { body, snapshotToken } = await read(at, id)
    await at.as('grace')('updateConfluenceContent', {
      contentId: id,
      snapshotToken,
      body: `${body}\n\n${changed}`,
    })
    const after = at.document(title).content
    if (after.length === before.length + 1 && JSON.stringify(after.slice(0, -1)) === JSON.stringify(before))
      kept.push(title)
  }
  expect(kept).toEqual(pages.map(({ versions }) => versions.at(-1)?.title))
  expect(kept.length).toBeGreaterThan(20)
})

it('keeps all else when a block is moved, and when one is taken out', async () => {
  const at = stage()
  at.plant('Glossary', wholeDocument)
  const { body } = await read(at, 'Glossary')
  const without = body.replace(`${sentence}\n\n`, '')
  await at.as('maya')('updateConfluenceContent', { contentId: 'Glossary', body: `${sentence}\n\n${without}` })
  const [first, ...rest] = at.document('Glossary').content
  expect(first).toEqual(wholeDocument.content[place])
  expect(JSON.stringify(rest)).toBe(JSON.stringify(everyBlock))
  await at.as('maya')('updateConfluenceContent', { contentId: 'Glossary', body: without })
  expect(JSON.stringify(at.document('Glossary').content)).toBe(JSON.stringify(everyBlock))
})

it('refuses an edit that would lose a macro, and says how to make it', async () => {
  const at = stage()
  at.plant('Glossary', wholeDocument)
  const { body } = await read(at, 'Glossary', 'markdown')
  const { isError, text } = await at.as('maya')('updateConfluenceContent', {
    contentId: 'Glossary',
    body: body.replace(' deep', ' shallow'),
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"The change is in a block of which the text for reading leaves a macro or a file out, so that it would be lost. Nothing was changed. Read it again with getConfluenceContent and contentFormat editable, change that text, and send it whole."`,
  )
  expect(at.writes()).toEqual([])
})
