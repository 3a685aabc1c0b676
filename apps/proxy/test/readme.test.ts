import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { parts } from '../scripts/readme-parts.ts'

/** Without what a formatter changes: the width of columns, and white space. */
const plain = (text: string): string => text.replace(/-{3,}/g, '---').replace(/\s+/g, '')

test.for(Object.entries(parts))('the README tells the %s as they are', async ([name, part]) => {
  const text = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const [, told = ''] = new RegExp(`<!-- ${name} -->(.*)<!-- /${name} -->`, 's').exec(text) ?? []
  expect(plain(told)).toBe(plain(part()))
})
