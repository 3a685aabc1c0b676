import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { toolRows } from '../src/report/tool-rows.ts'
import { toolsPage } from '../src/report/tools-page.ts'

/** Cells without what a formatter puts between them. */
const plain = (page: string): string => page.replaceAll(/ *\| */g, '|').replaceAll(/-{3,}/g, '---')

test('the page of all tools is as the tools are', () => {
  const written = readFileSync(new URL('../../../docs/tools.md', import.meta.url), 'utf8')
  expect(plain(written)).toBe(plain(toolsPage(toolRows())))
})
