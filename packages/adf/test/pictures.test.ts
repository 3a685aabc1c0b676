import { expect, it } from 'vitest'

import { adfToMarkdown, markdownToAdf } from '../src/index.ts'
import { doc, link, named } from './build.ts'

it('reads a picture in a link as a picture with a link, and writes it so', () => {
  const markdown = '[![alt](https://x.y/z.png)](https://x.y/page)'
  const media = {
    type: 'media',
    attrs: { type: 'external', url: 'https://x.y/z.png', alt: 'alt' },
    marks: [link('https://x.y/page')],
  }
  const document = doc(named('mediaSingle', { layout: 'center' }, media))
  expect(markdownToAdf(markdown).doc).toEqual(document)
  expect(adfToMarkdown(document, { mode: 'edit' }).markdown).toBe(markdown)
})
